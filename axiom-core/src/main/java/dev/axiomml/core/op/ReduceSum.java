package dev.axiomml.core.op;

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

  private Reduction over(Shape in) {
    return new Reduction("sum", in, axes, keep);
  }

  @Override
  public Shape out(List<Shape> in) {
    return over(in.get(0)).out();
  }

  @Override
  public void taps(int operand, List<Shape> in, Taps taps) {
    over(in.get(0)).grid().move(taps);
  }

  @Override
  public Optional<Relaid> relaid(List<Type> in, int[] order) {
    Reduction over = over(in.get(0).shape());
    return Optional.of(new Relaid(new ReduceSum(over.stored(order), keep), over.storedOut(order)));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return over(in.get(0).shape()).rows(samples);
  }
}
