package dev.axiomml.core.op.reduce;

import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sum of everything up to each position of an axis.
 *
 * <p>Shape: any, unchanged. Its nests, and so its run, are quadratic in the length of the axis.
 *
 * @param axis the axis; negative counts from the end
 * @param exclusive whether a position leaves itself out
 * @param reverse whether sums run from the end
 */
public record CumSum(int axis, boolean exclusive, boolean reverse) implements SumOp {
  @Override
  public Shape out(List<Shape> in) {
    CommonShapeRules.axis("cumulative sum", in.get(0), axis);
    return in.get(0);
  }

  /** Position {@code j} goes to every position from {@code j} on, or back from it. */
  @Override
  public List<SumTerm> terms(List<Shape> in) {
    Shape shape = in.get(0);
    int at = shape.axis(axis);
    int n = shape.size(at);
    int width = shape.sub(at + 1, shape.rank()).count();
    int lanes = shape.sub(0, at).count();
    int own = exclusive ? 0 : 1;
    List<LoopNest> nests = new ArrayList<>();
    for (int j = 0; j < n; j++) {
      int first = reverse ? 0 : j + 1 - own;
      List<Loop> loops =
          List.of(
              Loop.of(lanes, n * width, n * width),
              Loop.of((reverse ? j : n - 1 - j) + own, width, 0),
              Loop.of(width, 1, 1));
      nests.add(LoopNest.plain(loops).from(first * width, j * width, 0));
    }
    return List.of(SumTerm.own(0, nests));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    int stored = AxisOrderSettings.stored(order, in.get(0).shape().axis(axis));
    return Optional.of(new ReorderedOp(new CumSum(stored, exclusive, reverse), order));
  }
}
