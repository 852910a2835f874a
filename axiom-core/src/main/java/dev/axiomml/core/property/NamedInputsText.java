package dev.axiomml.core.property;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Inputs by name in the text form: {@code gain in [0.5, 2], sr = 16000, state = @state.npy}. */
final class NamedInputsText {
  /** Stands before them. */
  static final String WITH = "with ";

  private NamedInputsText() {}

  static String of(Region.Named named) {
    List<String> inputs = new ArrayList<>();
    named.ranges().forEach((name, r) -> inputs.add(name(name) + " in " + PropertyText.of(r)));
    named.given().forEach((name, value) -> inputs.add(name(name) + " = " + of(value)));
    return String.join(", ", inputs);
  }

  private static String name(String name) {
    return name.matches("[^\\s=,∈\"]+") ? name : "\"" + name + "\"";
  }

  /** A file by its name, equal elements as their number, else the shape. */
  static String of(GivenValue value) {
    if (value instanceof GivenValue.Uniform number) {
      return PropertyText.number(number.value());
    }
    GivenValue.Array array = (GivenValue.Array) value;
    Tensor tensor = array.tensor();
    if (!array.file().isEmpty()) {
      return "@" + array.file();
    }
    return isOneNumber(tensor) ? number(tensor) : tensor.shape() + " tensor";
  }

  private static boolean isOneNumber(Tensor tensor) {
    boolean same = tensor.size() > 0 && tensor.dtype() != DType.STRING;
    for (int i = 0; same && i < tensor.size(); i++) {
      same =
          tensor.dtype().isFloat()
              ? Double.compare(tensor.doubleAt(i), tensor.doubleAt(0)) == 0
              : tensor.longAt(i) == tensor.longAt(0);
    }
    return same && (!tensor.dtype().isFloat() || Double.isFinite(tensor.doubleAt(0)));
  }

  /** The shortest digits that become the same number of its element type. */
  private static String number(Tensor tensor) {
    if (!tensor.dtype().isFloat()) {
      long whole = tensor.longAt(0);
      return tensor.dtype().isUnsigned() ? Long.toUnsignedString(whole) : String.valueOf(whole);
    }
    double value = tensor.doubleAt(0);
    String digits = (float) value == value ? String.valueOf((float) value) : String.valueOf(value);
    return PropertyText.number(new BigDecimal(digits).stripTrailingZeros());
  }
}
