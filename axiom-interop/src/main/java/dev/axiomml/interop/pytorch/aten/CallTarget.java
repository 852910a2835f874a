package dev.axiomml.interop.pytorch.aten;

/**
 * What a call names, in parts.
 *
 * @param text as the file has it
 * @param name without name space, overload and the mark of in-place work
 * @param overload e.g. {@code Tensor}; empty where the file does not say it
 * @param inPlace whether the first argument is overwritten
 */
public record CallTarget(String text, String name, String overload, boolean inPlace) {
  /** Takes {@code torch.ops.aten.add_.Tensor}, {@code aten::add_} or {@code add} apart. */
  public static CallTarget of(String text) {
    String bare = text.replaceFirst("^(torch\\.ops\\.aten\\.|aten::|torch\\.)", "");
    boolean operator = bare.startsWith("_operator.");
    int dot = operator ? -1 : bare.indexOf('.');
    String name = dot < 0 ? bare : bare.substring(0, dot);
    boolean inPlace = name.endsWith("_") && !name.endsWith("__");
    String plain = inPlace ? name.substring(0, name.length() - 1) : name;
    return new CallTarget(text, plain, dot < 0 ? "" : bare.substring(dot + 1), inPlace);
  }
}
