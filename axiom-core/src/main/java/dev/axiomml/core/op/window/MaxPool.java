package dev.axiomml.core.op.window;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Shape;
import java.util.List;

/**
 * The largest element of each window, channel by channel; padding never wins.
 *
 * <p>Shape: (N, spatial…, C) to (N, windows…, C).
 *
 * @param geometry the windows
 */
public record MaxPool(WindowGeometry geometry) implements WindowOp {
  @Override
  public Shape out(Shape in) {
    return CommonShapeRules.resized(in, geometry.windows("max pool", in));
  }

  @Override
  public List<LoopNest> nests(Shape in) {
    return WindowNests.of(geometry, in, out(in)).members(in.size(-1));
  }
}
