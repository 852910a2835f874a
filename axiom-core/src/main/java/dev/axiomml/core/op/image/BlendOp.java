package dev.axiomml.core.op.image;

import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/**
 * An image of another size, each pixel blended from its neighbours by a filter along each axis.
 *
 * <p>Shape: (N, spatial…, C) to (N, to…, C). Neighbours of weight zero are not read.
 */
interface BlendOp extends SumOp {
  /** The new spatial sizes; may speak of the graph's symbols. */
  Shape to();

  /** How positions lie and what happens at the border. */
  ResizeSampling sampling();

  /** Pixels from the filter's middle to its end. */
  int reach();

  /** The weight of a pixel at a distance of the filter's middle, in pixels. */
  double filter(double distance);

  private PixelBlending blend(List<Shape> in) {
    return PixelBlending.of(sampling().axes(in.get(0), to()), this);
  }

  @Override
  default Shape out(List<Shape> in) {
    return sampling().out("resize", in.get(0), to());
  }

  @Override
  default Tensor table(List<Shape> in) {
    return blend(in).table();
  }

  @Override
  default int extraRoundings() {
    return 2;
  }

  @Override
  default List<SumTerm> terms(List<Shape> in) {
    return List.of(SumTerm.own(0, blend(in).nests(in.get(0))));
  }
}
