package dev.axiomml.core.op.linear;

import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * A product of two values as matrices: letters of both that stay are stacked, letters of the first
 * are rows, of the second columns, and letters of both that vanish are summed over.
 */
final class MatrixForm implements OpLowering {
  private final EinsumEquation equation;
  private final List<Shape> in;
  private final String stacked;
  private final String rows;
  private final String columns;
  private final String summed;

  private MatrixForm(EinsumEquation equation, List<Shape> in) {
    String a = equation.operands().get(0);
    String b = equation.operands().get(1);
    String out = equation.out();
    this.equation = equation;
    this.in = in;
    this.stacked = letters(out, c -> a.indexOf(c) >= 0 && b.indexOf(c) >= 0);
    this.rows = letters(out, c -> b.indexOf(c) < 0);
    this.columns = letters(out, c -> a.indexOf(c) < 0);
    this.summed = letters(a, c -> b.indexOf(c) >= 0 && out.indexOf(c) < 0);
  }

  /**
   * The matrix form; empty where a letter occurs twice in one operand, is broadcast, or is summed
   * over in one operand alone.
   */
  static Optional<OpLowering> of(EinsumEquation equation, List<Shape> in) {
    MatrixForm form = new MatrixForm(equation, in);
    boolean fits =
        !form.summed.isEmpty()
            && form.covers(0, form.stacked + form.rows + form.summed)
            && form.covers(1, form.stacked + form.summed + form.columns);
    return fits ? Optional.of(form) : Optional.empty();
  }

  private static String letters(String from, IntPredicate wanted) {
    return from.chars().filter(wanted).mapToObj(Character::toString).collect(Collectors.joining());
  }

  /** Whether an operand has exactly these letters, each of its full size. */
  private boolean covers(int side, String letters) {
    String operand = equation.operands().get(side);
    return operand.length() == letters.length()
        && operand.chars().distinct().count() == operand.length()
        && letters.chars().allMatch(c -> operand.indexOf(c) >= 0)
        && equation.sizes(in, operand).equals(in.get(side));
  }

  @Override
  public <V> List<V> emit(OpEmitter<V> to, List<V> values) {
    V a = matrices(to, values.get(0), 0, List.of(stacked, rows, summed));
    V b = matrices(to, values.get(1), 1, List.of(stacked, summed, columns));
    V product = to.one(new MatMul(), List.of(a, b));
    String letters = stacked + rows + columns;
    V spread = to.one(new Reshape(equation.sizes(in, letters)), List.of(product));
    return to.emit(permute(letters, equation.out()), List.of(spread));
  }

  private <V> V matrices(OpEmitter<V> to, V value, int side, List<String> groups) {
    String operand = equation.operands().get(side);
    V ordered = to.one(permute(operand, String.join("", groups)), List.of(value));
    Shape lead = equation.sizes(in, groups.get(0));
    Dim first = equation.sizes(in, groups.get(1)).volume();
    Dim second = equation.sizes(in, groups.get(2)).volume();
    return to.one(new Reshape(lead.concat(Shape.of(first, second))), List.of(ordered));
  }

  private static Permute permute(String from, String to) {
    return Permute.of(to.chars().map(from::indexOf).toArray());
  }
}
