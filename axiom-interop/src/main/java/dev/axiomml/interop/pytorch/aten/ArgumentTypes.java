package dev.axiomml.interop.pytorch.aten;

import java.util.Set;

/** Which declared types an argument fits, as PyTorch's overload resolution asks it. */
final class ArgumentTypes {
  private static final Set<String> WHOLE =
      Set.of("int", "SymInt", "Scalar", "ScalarType", "Layout", "MemoryFormat");
  private static final Set<String> NUMBERS = Set.of("int", "SymInt", "Scalar", "float", "bool");

  private ArgumentTypes() {}

  /**
   * Whether an argument has a type.
   *
   * @param loosely whether tensors and numbers stand for one another, and None for anything
   */
  static boolean fits(AtenItem item, String type, boolean loosely) {
    boolean optional = type.endsWith("?");
    String plain = optional ? type.substring(0, type.length() - 1) : type;
    if (item instanceof AtenItem.Ref || plain.equals("t")) {
      return true;
    }
    if (item instanceof AtenItem.Nothing) {
      return optional || loosely;
    }
    int bracket = plain.lastIndexOf('[');
    if (bracket < 0) {
      return !(item instanceof AtenItem.Many) && alone(item, plain, loosely);
    }
    String element = plain.substring(0, bracket);
    boolean repeated = !plain.endsWith("[]") || loosely;
    return item instanceof AtenItem.Many many
        ? many.items().stream().allMatch(one -> fits(one, element, loosely))
        : repeated && fits(item, element, loosely);
  }

  private static boolean alone(AtenItem item, String type, boolean loosely) {
    if (item instanceof AtenItem.Flow || item instanceof AtenItem.Weight) {
      return type.equals("Tensor") || (loosely && NUMBERS.contains(type));
    }
    boolean number =
        item instanceof AtenItem.Size
            || item instanceof AtenItem.Real
            || item instanceof AtenItem.Flag;
    if (number && loosely) {
      return type.equals("Tensor") || NUMBERS.contains(type) || exactly(item, type);
    }
    return exactly(item, type);
  }

  private static boolean exactly(AtenItem item, String type) {
    if (item instanceof AtenItem.Size) {
      return WHOLE.contains(type);
    }
    if (item instanceof AtenItem.Real) {
      return type.equals("float") || type.equals("Scalar");
    }
    if (item instanceof AtenItem.Flag) {
      return type.equals("bool");
    }
    return item instanceof AtenItem.Text
        ? type.equals("str") || type.equals("Device")
        : item instanceof AtenItem.Element && type.equals("ScalarType");
  }
}
