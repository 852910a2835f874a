package dev.axiomml.interop.vnnlib;

import dev.axiomml.interop.vnnlib.VnnCondition.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads VNN-LIB 1.0: constants {@code X_0 …} and {@code Y_0 …}, the elements of one network's input
 * and output row by row.
 */
final class PlainQueryReader implements VnnElements {
  /** The number of the first output; inputs are counted from 0. */
  private static final int OUTPUTS = 1 << 30;

  private static final Pattern NAME = Pattern.compile("[XY]_(0|[1-9][0-9]{0,7})");
  private final VnnTokens tokens;
  private final Map<String, VnnSum> declared = new HashMap<>();
  private int inputs;
  private int outputs;
  private int highestInput = -1;
  private int highestOutput = -1;

  PlainQueryReader(VnnTokens tokens) {
    this.tokens = tokens;
  }

  private static Map<String, Relation> relations() {
    Map<String, Relation> relations = new LinkedHashMap<>();
    relations.put("<=", Relation.LE);
    relations.put(">=", Relation.GE);
    relations.put("<", Relation.LT);
    relations.put(">", Relation.GT);
    relations.put("=", Relation.EQ);
    return relations;
  }

  VnnQuery read() {
    VnnFormulaReader formulas = new VnnFormulaReader(tokens, this, relations());
    List<VnnCondition> asserted = new ArrayList<>();
    while (!tokens.isAt(VnnTokens.END)) {
      if (tokens.opens("assert")) {
        asserted.add(formulas.formula());
      } else if (tokens.opens("declare-const")) {
        declaration();
      } else {
        throw tokens.unexpected("(declare-const …) or (assert …)");
      }
      tokens.expect(")");
    }
    requireWhole(asserted);
    VnnTensor input = new VnnTensor("X", "real", List.of(inputs), false, 0);
    VnnTensor output = new VnnTensor("Y", "real", List.of(outputs), false, OUTPUTS);
    VnnNetwork network =
        new VnnNetwork("N", Optional.empty(), List.of(input), List.of(), List.of(output));
    return new VnnQuery(tokens.file(), List.of(network), VnnCondition.all(asserted));
  }

  private void declaration() {
    String name = tokens.current();
    if (!NAME.matcher(name).matches()) {
      throw tokens.unexpected("X_0, X_1, … for inputs or Y_0, Y_1, … for outputs");
    }
    int index = Integer.parseInt(name.substring(2));
    boolean isInput = name.charAt(0) == 'X';
    if (declared.put(name, VnnSum.of(isInput ? index : OUTPUTS + index)) != null) {
      throw tokens.refused(
          tokens.position(), name + " is declared twice", "a name is declared once", "leave one");
    }
    inputs += isInput ? 1 : 0;
    outputs += isInput ? 0 : 1;
    highestInput = isInput ? Math.max(highestInput, index) : highestInput;
    highestOutput = isInput ? highestOutput : Math.max(highestOutput, index);
    tokens.take();
    tokens.expect("Real");
  }

  private void requireWhole(List<VnnCondition> asserted) {
    requireCounted("X", inputs, highestInput);
    requireCounted("Y", outputs, highestOutput);
    if (asserted.isEmpty()) {
      throw tokens.unexpected("(assert …)");
    }
  }

  private void requireCounted(String letter, int count, int highest) {
    if (count == 0 || highest != count - 1) {
      throw tokens.refused(
          tokens.position(),
          count
              + " names "
              + letter
              + "_…"
              + (count == 0 ? "" : ", the last " + letter + "_" + highest),
          "elements are counted from " + letter + "_0 without a gap",
          "declare " + letter + "_0 to " + letter + "_" + Math.max(0, highest) + ", each once");
    }
  }

  @Override
  public VnnSum take(VnnTokens from) {
    VnnSum element = declared.get(from.current());
    if (element == null) {
      throw from.refused(
          from.position(),
          from.current() + " is not declared",
          "a formula speaks of declared elements; X and Y are counted from 0",
          "write (declare-const " + from.current() + " Real) before it, or mend the name");
    }
    from.take();
    return element;
  }

  @Override
  public void restart() {
    // every element is a Real
  }
}
