package dev.axiomml.core.op.window;

import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/**
 * The mean of each window, channel by channel.
 *
 * <p>Shape: (N, spatial…, C) to (N, windows…, C).
 *
 * @param geometry the windows
 * @param countPadding whether padding counts as zeros in the mean; elements beyond the padding,
 *     which {@code ceil} can reach, never do
 */
public record AveragePool(WindowGeometry geometry, boolean countPadding) implements SumOp {
  @Override
  public Shape out(List<Shape> in) {
    return CommonShapeRules.resized(in.get(0), geometry.windows("average pool", in.get(0)));
  }

  /** Entry {@code n − 1} is {@code 1/n}. */
  @Override
  public Tensor table(List<Shape> in) {
    return WindowNests.shares(geometry.area());
  }

  @Override
  public int extraRoundings() {
    return 2;
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    WindowNests windows = WindowNests.of(geometry, in.get(0), out(in));
    return List.of(SumTerm.own(0, windows.shares(countPadding, in.get(0).size(-1))));
  }
}
