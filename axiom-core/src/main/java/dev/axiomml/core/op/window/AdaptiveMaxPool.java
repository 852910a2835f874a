package dev.axiomml.core.op.window;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * The largest of each of a given number of parts of the spatial axes, channel by channel.
 *
 * <p>Shape: (N, spatial…, C) to (N, to…, C). Part {@code i} of {@code n} of an axis of {@code s}
 * runs from {@code ⌊i·s/n⌋} to {@code ⌈(i+1)·s/n⌉}.
 *
 * @param to parts of each spatial axis, ≥ 1
 */
public record AdaptiveMaxPool(List<Integer> to) implements WindowOp {
  /** Checks that there are parts. */
  public AdaptiveMaxPool {
    to = AdaptiveWindows.checked(to);
  }

  @Override
  public Shape out(Shape in) {
    return AdaptiveWindows.out("adaptive max pool", in, to);
  }

  @Override
  public List<LoopNest> nests(Shape in) {
    return AdaptiveWindows.nests(in, to).members(in.size(-1));
  }

  /** Parts of equal size are an ordinary pool. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return AdaptiveWindows.even(in.get(0).shape(), to)
        .map(geometry -> OpLowering.to(new MaxPool(geometry), 0));
  }
}
