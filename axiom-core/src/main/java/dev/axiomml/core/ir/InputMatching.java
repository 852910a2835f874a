package dev.axiomml.core.ir;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.Map;

/** Matches what is given with what an input declares. */
final class InputMatching {
  private InputMatching() {}

  /** Adds the symbols that an input's actual type determines. */
  static void symbols(Value input, Type actual, Map<String, Long> sizes) {
    if (!input.type().isTensor()) {
      return;
    }
    Shape declared = input.type().shape();
    if (!actual.isTensor()
        || declared.rank() != actual.shape().rank()
        || input.type().dtype() != actual.dtype()) {
      throw misfit(input, actual, declared);
    }
    for (int axis = 0; axis < declared.rank(); axis++) {
      Dim dim = declared.dim(axis);
      String name = dim.toString();
      long size = actual.shape().dim(axis).value();
      boolean symbol = !dim.isFixed() && name.matches("[A-Za-z_][A-Za-z0-9_.]*");
      Long before = symbol ? sizes.putIfAbsent(name, size) : null;
      if ((before != null && before != size) || (dim.isFixed() && dim.value() != size)) {
        throw misfit(input, actual, declared);
      }
    }
  }

  private static ShapeException misfit(Value input, Type actual, Shape declared) {
    return new ShapeException(
        new Diagnosis(
            (input.name().equals("input") ? "input" : "input " + input.name()) + " got " + actual,
            "",
            "it is declared as "
                + input.type().dtype()
                + " "
                + declared
                + ", and equal symbols mean equal sizes",
            "pass "
                + input.type().dtype()
                + " of shape "
                + declared
                + "; the first axis is the batch"));
  }
}
