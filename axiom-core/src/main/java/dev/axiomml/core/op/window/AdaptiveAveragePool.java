package dev.axiomml.core.op.window;

import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * The mean of each of a given number of parts of the spatial axes, channel by channel.
 *
 * <p>Shape: (N, spatial…, C) to (N, to…, C). Part {@code i} of {@code n} of an axis of {@code s}
 * runs from {@code ⌊i·s/n⌋} to {@code ⌈(i+1)·s/n⌉}.
 *
 * @param to parts of each spatial axis, ≥ 1
 */
public record AdaptiveAveragePool(List<Integer> to) implements SumOp {
  /** Checks that there are parts. */
  public AdaptiveAveragePool {
    to = AdaptiveWindows.checked(to);
  }

  @Override
  public Shape out(List<Shape> in) {
    return AdaptiveWindows.out("adaptive average pool", in.get(0), to);
  }

  /** Entry {@code n − 1} is {@code 1/n}. */
  @Override
  public Tensor table(List<Shape> in) {
    int most = 1;
    for (int axis = 0; axis < to.size(); axis++) {
      most *= in.get(0).size(axis + 1) / to.get(axis) + 2;
    }
    return WindowNests.shares(most);
  }

  @Override
  public int extraRoundings() {
    return 2;
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    return List.of(
        SumTerm.own(0, AdaptiveWindows.nests(in.get(0), to).shares(false, in.get(0).size(-1))));
  }

  /** Parts of equal size are an ordinary pool. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return AdaptiveWindows.even(in.get(0).shape(), to)
        .map(geometry -> OpLowering.to(new AveragePool(geometry, true), 0));
  }
}
