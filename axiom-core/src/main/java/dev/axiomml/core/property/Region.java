package dev.axiomml.core.property;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.tensor.Tensor;

/** The inputs that a theorem speaks of; always float32 inputs. */
public sealed interface Region {
  /** The declared domain of the model's inputs, else all finite float32 inputs. */
  record Declared() implements Region {}

  /** All finite float32 inputs. */
  record Everything() implements Region {}

  /** Every element of every input in one interval, ends included. */
  record Range(double low, double high) implements Region {
    /** Refuses NaN and an empty interval. */
    public Range {
      if (!(low <= high)) {
        throw refused(
            "an interval needs low ≤ high, got [" + low + ", " + high + "]",
            "the inputs of an interval lie between its ends, both included",
            "write the smaller number first, e.g. inputIn(0, 1)");
      }
    }
  }

  /**
   * Element by element an interval of its own, ends included.
   *
   * @param low one sample, with batch axis
   * @param high likewise
   */
  record Box(Tensor low, Tensor high) implements Region {}

  /**
   * A ball around one input.
   *
   * @param center one sample, with batch axis
   * @param radius ≥ 0, in input units
   */
  record Ball(Norm norm, Tensor center, double radius) implements Region {
    /** Refuses a radius that is negative, NaN or infinite. */
    public Ball {
      checkRadius(norm, radius);
    }
  }

  /** Refuses a radius that is negative, NaN or infinite. */
  static void checkRadius(Norm norm, double radius) {
    if (!(radius >= 0 && radius <= Double.MAX_VALUE)) {
      String word = norm.name().toLowerCase(java.util.Locale.ROOT);
      throw refused(
          word + "(" + radius + ")",
          "a radius is a finite number that is not negative, in input units",
          "write how far an input may move, e.g. " + word + "(0.03)");
    }
  }

  private static PropertyException refused(String what, String why, String fix) {
    return new PropertyException(new Diagnosis(what, "", why, fix));
  }

  /** How distance is measured. */
  enum Norm {
    /** Largest difference. */
    LINF,
    /** Root of the sum of squares. */
    L2,
    /** Sum of differences. */
    L1
  }
}
