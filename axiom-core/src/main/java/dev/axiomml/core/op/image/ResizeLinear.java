package dev.axiomml.core.op.image;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.OptionalInt;
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
public record ResizeLinear(Shape to, ResizeSampling sampling) implements AffineOp {
  @Override
  public ResizeLinear bind(Function<String, Dim> sizes) {
    return new ResizeLinear(to.bind(sizes), sampling);
  }

  @Override
  public Shape out(List<Shape> in) {
    return sampling.out("resize", in.get(0), to);
  }

  private PixelBlending blend(Shape in) {
    return PixelBlending.of(sampling.axes(in, to), sampling, 1, x -> Math.max(0, 1 - Math.abs(x)));
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
