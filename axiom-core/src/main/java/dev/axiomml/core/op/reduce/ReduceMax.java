package dev.axiomml.core.op.reduce;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * The largest over some axes; NaN wins, −∞ where there are no elements.
 *
 * <p>Shape: the axes vanish, or become 1.
 *
 * @param axes the axes; negative ones count from the end, none means all
 * @param keep whether they stay with size 1
 */
public record ReduceMax(List<Integer> axes, boolean keep) implements WindowOp {
  /** Copies the list. */
  public ReduceMax {
    axes = List.copyOf(axes);
  }

  private ReducedAxes over(Shape in) {
    return new ReducedAxes("max", in, axes, keep);
  }

  @Override
  public Shape out(Shape in) {
    return over(in).out();
  }

  @Override
  public List<LoopNest> nests(Shape in) {
    return List.of(over(in).nest());
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    ReducedAxes over = over(in.get(0).shape());
    return Optional.of(
        new ReorderedOp(new ReduceMax(over.stored(order), keep), over.storedOut(order)));
  }
}
