package dev.axiomml.core.op.image;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.OpSettings;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.OptionalInt;
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
public record ResizeCubic(Shape to, ResizeSampling sampling, double slope) implements AffineOp {
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
  public Shape out(List<Shape> in) {
    return sampling.out("resize", in.get(0), to);
  }

  private PixelBlending blend(Shape in) {
    return PixelBlending.of(sampling.axes(in, to), sampling, 2, this::filter);
  }

  private double filter(double distance) {
    double x = Math.abs(distance);
    if (x <= 1) {
      return ((slope + 2) * x - (slope + 3)) * x * x + 1;
    }
    return x < 2 ? slope * (((x - 5) * x + 8) * x - 4) : 0;
  }

  @Override
  public Tensor coefficients(List<Shape> in) {
    return blend(in.get(0)).table();
  }

  @Override
  public int extraRoundings() {
    return 2;
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    return blend(in.get(0)).nests(in.get(0));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.counts(to) ? OptionalInt.empty() : samples.first(in);
  }
}
