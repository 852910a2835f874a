package dev.axiomml.core.ir;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.Map;
import java.util.TreeMap;

/** Matches what is given with what an input declares. */
final class InputMatching {
  private InputMatching() {}

  /**
   * Adds the symbols that an input's actual type determines. @throws ShapeException naming the
   * mistake and the call that mends it
   */
  static void symbols(Value input, Type actual, Map<String, Long> sizes) {
    if (!input.type().isTensor()) {
      return;
    }
    Map<String, Long> before = new TreeMap<>(sizes);
    boolean fits =
        actual.isTensor()
            && input.type().dtype() == actual.dtype()
            && isShape(input.type().shape(), actual.shape(), sizes);
    if (!fits) {
      throw new ShapeException(new InputMistake(input, actual, before).diagnosis());
    }
  }

  /** Whether a shape is as declared; symbols that are new are added. */
  static boolean isShape(Shape declared, Shape actual, Map<String, Long> sizes) {
    if (declared.rank() != actual.rank()) {
      return false;
    }
    for (int axis = 0; axis < declared.rank(); axis++) {
      if (!isSize(declared.dim(axis), actual.dim(axis).value(), sizes)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a size is as declared; a symbol that is new is added. */
  static boolean isSize(Dim declared, long size, Map<String, Long> sizes) {
    if (declared.isFixed()) {
      return declared.value() == size;
    }
    String name = declared.toString();
    boolean symbol = name.matches("[A-Za-z_][A-Za-z0-9_.]*");
    Long before = symbol ? sizes.putIfAbsent(name, size) : null;
    return before == null || before == size;
  }
}
