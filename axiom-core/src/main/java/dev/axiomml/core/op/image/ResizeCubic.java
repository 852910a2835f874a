package dev.axiomml.core.op.image;

import dev.axiomml.core.op.common.OpSettings;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * An image of another size, each pixel blended from four neighbours along each axis; bicubic on two
 * spatial axes. Keys 1981, equation 4.
 *
 * <p>Shape: (N, spatial…, C) to (N, to…, C). Neighbours of weight zero are not read.
 *
 * @param to the new spatial sizes; may speak of the graph's symbols
 * @param sampling where positions lie and what happens at the border
 * @param slope the filter's slope at distance 1, −0.75 in PyTorch (−0.5 when it antialiases)
 */
public record ResizeCubic(Shape to, ResizeSampling sampling, double slope) implements BlendOp {
  /** Checks the slope. */
  public ResizeCubic {
    OpSettings.number("ResizeCubic slope", slope);
  }

  @Override
  public ResizeCubic bind(Function<String, Dim> sizes) {
    return new ResizeCubic(to.bind(sizes), sampling, slope);
  }

  @Override
  public ResizeCubic withSettings(DoubleUnaryOperator change) {
    return new ResizeCubic(to, sampling, change.applyAsDouble(slope));
  }

  @Override
  public int reach() {
    return 2;
  }

  @Override
  public double filter(double distance) {
    return PixelReading.cubic(slope, Math.abs(distance));
  }
}
