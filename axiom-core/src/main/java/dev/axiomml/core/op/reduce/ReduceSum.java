package dev.axiomml.core.op.reduce;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The sum over some axes.
 *
 * <p>Shape: the axes vanish, or become 1.
 *
 * @param axes the axes; negative ones count from the end, none means all
 * @param keep whether they stay with size 1
 */
public record ReduceSum(List<Integer> axes, boolean keep) implements AffineOp {
  /** Copies the list. */
  public ReduceSum {
    axes = List.copyOf(axes);
  }

  private ReducedAxes over(Shape in) {
    return new ReducedAxes("sum", in, axes, keep);
  }

  @Override
  public Shape out(List<Shape> in) {
    return over(in.get(0)).out();
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    return List.of(over(in.get(0)).nest());
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    ReducedAxes over = over(in.get(0).shape());
    return Optional.of(
        new ReorderedOp(new ReduceSum(over.stored(order), keep), over.storedOut(order)));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return over(in.get(0).shape()).rows(samples);
  }
}
