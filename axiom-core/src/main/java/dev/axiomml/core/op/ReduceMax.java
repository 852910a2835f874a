package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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

  private Reduction over(Shape in) {
    return new Reduction("max", in, axes, keep);
  }

  @Override
  public Shape out(Shape in) {
    return over(in).out();
  }

  @Override
  public void windows(Shape in, Sink sink) {
    over(in).windows(sink);
  }

  @Override
  public Optional<Relaid> relaid(List<Type> in, int[] order) {
    Reduction over = over(in.get(0).shape());
    return Optional.of(new Relaid(new ReduceMax(over.stored(order), keep), over.storedOut(order)));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return over(in.get(0).shape()).rows(samples);
  }
}
