package dev.axiomml.core.op.image;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.function.Function;

/**
 * An image of another size, each pixel blended from its neighbours with weights that fall linearly
 * with distance; bilinear on two spatial axes.
 *
 * <p>Shape: (N, spatial…, C) to (N, to…, C). Neighbours of weight zero are not read.
 *
 * @param to the new spatial sizes; may speak of the graph's symbols
 * @param sampling where positions lie and what happens at the border
 */
public record ResizeLinear(Shape to, ResizeSampling sampling) implements BlendOp {
  @Override
  public ResizeLinear bind(Function<String, Dim> sizes) {
    return new ResizeLinear(to.bind(sizes), sampling);
  }

  @Override
  public int reach() {
    return 1;
  }

  @Override
  public double filter(double distance) {
    return Math.max(0, 1 - Math.abs(distance));
  }
}
