package dev.axiomml.verify.fuzz;

import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.PropertyText;
import java.util.List;
import java.util.regex.Pattern;

/** The numbers in the text of a formula. */
final class FormulaNumbers {
  private static final Pattern NUMBER = Pattern.compile("[<>=≈] (-?\\d[0-9.eE+-]*)");
  private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,8})\\]");

  private FormulaNumbers() {}

  /** Numbers that it compares with, as far as they are float32. */
  static List<Float> compared(Formula formula) {
    return NUMBER
        .matcher(PropertyText.of(formula))
        .results()
        .map(number -> Float.parseFloat(number.group(1)))
        .filter(Float::isFinite)
        .toList();
  }

  /** How many elements a vector must have for it to mean something. */
  static int elements(Formula formula) {
    return INDEX
        .matcher(PropertyText.of(formula))
        .results()
        .mapToInt(index -> Integer.parseInt(index.group(1)) + 1)
        .max()
        .orElse(1);
  }
}
