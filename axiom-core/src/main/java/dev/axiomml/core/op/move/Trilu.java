package dev.axiomml.core.op.move;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of each matrix on one side of a diagonal, zeros elsewhere; exact, on elements of any
 * type.
 *
 * <p>Shape: (…, rows, columns), unchanged.
 *
 * @param upper whether the part above the diagonal stays, else the part below; the diagonal stays
 * @param diagonal 0 for the main diagonal, positive above it
 */
public record Trilu(boolean upper, int diagonal) implements MoveOp {
  @Override
  public Shape out(List<Shape> in) {
    if (in.get(0).rank() < 2) {
      throw new ShapeException(
          new Diagnosis(
              "triangle of " + in.get(0),
              "",
              "a triangle is cut out of matrices, the last two axes",
              "reshape the value to at least 2 axes first"));
    }
    return in.get(0);
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    int columns = in.get(0).size(-1);
    int rows = in.get(0).size(-2);
    int matrices = in.get(0).sub(0, in.get(0).rank() - 2).count();
    List<LoopNest> nests = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int cut = row + diagonal;
      int from = upper ? Math.max(0, cut) : 0;
      int to = upper ? columns : Math.min(columns, cut + 1);
      int at = row * columns + from;
      if (from < to) {
        Loop each = Loop.of(matrices, rows * columns, rows * columns);
        nests.add(LoopNest.plain(List.of(each, Loop.of(to - from, 1, 1))).from(at, at, 0));
      }
    }
    return nests;
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return AxisOrderSettings.keepsLast(order, 2)
        ? Optional.of(new ReorderedOp(this, order))
        : Optional.empty();
  }
}
