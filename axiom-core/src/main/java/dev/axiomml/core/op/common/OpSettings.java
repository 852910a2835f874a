package dev.axiomml.core.op.common;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;

/**
 * Checks of operators' real settings.
 *
 * <p>A setting is rounded once, where its operator becomes a node ({@code Op.on}): to float32,
 * unless the node works on float64 tensors. So constructors refuse numbers of which that rounding
 * would make another function: what becomes infinite, 0, or subnormal, which an execution may flush
 * to 0.
 */
public final class OpSettings {
  private OpSettings() {}

  /** Checks a number of any sign, or 0. @return the number */
  public static double number(String name, double value) {
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      throw refused(name + " " + value, "it must be a finite number", "set it to a number");
    }
    double rounded = Math.abs((float) value);
    if (rounded > Float.MAX_VALUE) {
      throw beyond(name, value, "infinite", Math.copySign(Float.MAX_VALUE, value));
    }
    if (value != 0 && rounded < Float.MIN_NORMAL) {
      throw beyond(
          name, value, rounded == 0 ? "0" : "subnormal", Math.copySign(Float.MIN_NORMAL, value));
    }
    return value;
  }

  /** Checks a number above 0. @return the number */
  public static double positive(String name, double value) {
    if (!(value > 0)) {
      throw refused(name + " " + value, "it must be positive", "set it to a number above 0");
    }
    return number(name, value);
  }

  /** Checks a number from 0. @return the number */
  public static double fromZero(String name, double value) {
    if (!(value >= 0)) {
      throw refused(name + " " + value, "it must not be negative", "set it to 0 or a number above");
    }
    return number(name, value);
  }

  /** Checks an end of a range, possibly infinite. @return the end */
  public static double end(String name, double value) {
    if (Double.isNaN(value)) {
      throw refused(name + " NaN", "an end of a range is a number", "set it to a number");
    }
    return value;
  }

  private static ModelException beyond(String name, double value, String becomes, double nearest) {
    return refused(
        name + " " + value,
        "float32 programs would compute with it as " + becomes + ", which is another function",
        "set it to a magnitude in [1.17549435e-38, 3.4028235e38], the nearest is "
            + (float) nearest);
  }

  public static ModelException refused(String what, String why, String fix) {
    return new ModelException(new Diagnosis(what, "", why, fix));
  }
}
