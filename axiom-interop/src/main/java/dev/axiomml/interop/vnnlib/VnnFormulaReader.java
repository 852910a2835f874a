package dev.axiomml.interop.vnnlib;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.vnnlib.VnnCondition.Relation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what is asserted: comparisons of linear sums, joined by {@code and} and {@code or}. */
final class VnnFormulaReader {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,9})?");
  private static final Pattern NO_NUMBER =
      Pattern.compile("[-+]?(nan|inf|infinity|oo)", Pattern.CASE_INSENSITIVE);
  private static final int DEEPEST = 200;
  private static final int KNOWN_NUMBERS = 1 << 16;
  private static final String TERM = "a number, an element or (+ …), (- …), (* …)";

  private final VnnTokens tokens;
  private final VnnElements elements;
  private final Map<String, Relation> relations;
  private final Map<String, VnnSum> numbers = new HashMap<>();
  private int depth;

  /**
   * A reader of formulas.
   *
   * @param relations the words for comparisons
   */
  VnnFormulaReader(VnnTokens tokens, VnnElements elements, Map<String, Relation> relations) {
    this.tokens = tokens;
    this.elements = elements;
    this.relations = relations;
  }

  /** A formula with its brackets. */
  VnnCondition formula() {
    tokens.expect("(");
    deeper();
    int position = tokens.position();
    String word = tokens.current();
    VnnCondition read;
    if (word.equals("and") || word.equals("or")) {
      tokens.take();
      List<VnnCondition> parts = parts();
      read = word.equals("and") ? VnnCondition.all(parts) : VnnCondition.any(parts);
    } else if (relations.containsKey(word)) {
      read = comparison(relations.getOrDefault(tokens.take(), Relation.EQ), position);
    } else {
      throw tokens.unexpected("and, or, " + String.join(", ", relations.keySet()));
    }
    tokens.expect(")");
    depth--;
    return read;
  }

  private List<VnnCondition> parts() {
    List<VnnCondition> parts = new ArrayList<>();
    do {
      parts.add(formula());
    } while (!tokens.isAt(")"));
    return parts;
  }

  private VnnCondition comparison(Relation relation, int position) {
    elements.restart();
    VnnSum left = term();
    return VnnCondition.of(left, relation, checked(term(), position));
  }

  private VnnSum term() {
    if (!tokens.isAt("(")) {
      return leaf();
    }
    tokens.take();
    deeper();
    int position = tokens.position();
    String operator = tokens.current();
    if (!operator.equals("+") && !operator.equals("-") && !operator.equals("*")) {
      throw tokens.unexpected("+, - or *");
    }
    tokens.take();
    List<VnnSum> operands = new ArrayList<>();
    do {
      operands.add(term());
    } while (!tokens.isAt(")"));
    tokens.take();
    depth--;
    return checked(joined(operator, operands, position), position);
  }

  private VnnSum joined(String operator, List<VnnSum> operands, int position) {
    if (operator.equals("+")) {
      return VnnSum.of(operands);
    }
    if (operator.equals("*")) {
      return product(operands, position);
    }
    VnnSum first = operands.get(0);
    List<VnnSum> rest = operands.subList(1, operands.size());
    return rest.isEmpty() ? first.times(BigDecimal.ONE.negate()) : first.minus(VnnSum.of(rest));
  }

  private VnnSum product(List<VnnSum> operands, int position) {
    VnnSum product = operands.get(0);
    for (VnnSum operand : operands.subList(1, operands.size())) {
      if (!product.isConstant() && !operand.isConstant()) {
        throw tokens.refused(
            position,
            "a product of two elements is not linear",
            "what is asserted is linear: at most one factor of a product is no number",
            "write (* 2.0 X), a number times an element");
      }
      product = operand.isConstant() ? product.times(operand.constant()) : times(operand, product);
      product = checked(product, position);
    }
    return product;
  }

  private static VnnSum times(VnnSum sum, VnnSum constant) {
    return sum.times(constant.constant());
  }

  private VnnSum checked(VnnSum sum, int position) {
    if (!sum.isShort()) {
      throw tooLong(position);
    }
    return sum;
  }

  private ModelImportException tooLong(int position) {
    return tokens.refused(
        position,
        "a number of too many digits",
        "a number has at most 2000 digits on either side of the point",
        "write a number that float32 can tell from its neighbours");
  }

  private VnnSum leaf() {
    String word = tokens.current();
    VnnSum known = numbers.get(word);
    if (known != null) {
      tokens.take();
      return known;
    }
    if (NUMBER.matcher(word).matches()) {
      return number(word);
    }
    if (NO_NUMBER.matcher(word).matches()) {
      throw tokens.refused(
          tokens.position(),
          word.toLowerCase(Locale.ROOT) + " as a number",
          "numbers are finite decimals",
          "leave the comparison out where there is no limit, or write the number");
    }
    if (word.isEmpty() || !Character.isLetter(word.charAt(0))) {
      throw tokens.unexpected(TERM);
    }
    return elements.take(tokens);
  }

  private VnnSum number(String word) {
    BigDecimal value = new BigDecimal(word);
    if (!VnnSum.isShort(value)) {
      throw tooLong(tokens.position());
    }
    tokens.take();
    VnnSum number = VnnSum.of(value);
    if (numbers.size() < KNOWN_NUMBERS) {
      numbers.put(word, number);
    }
    return number;
  }

  private void deeper() {
    if (++depth > DEEPEST) {
      throw tokens.refused(
          tokens.position(),
          "brackets nested deeper than " + DEEPEST,
          "formulas nest at most " + DEEPEST + " deep",
          "join many parts in one (and …), (or …) or (+ …)");
    }
  }
}
