package dev.axiomml.dsl;

import dev.axiomml.core.op.move.DepthToSpace;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.dsl.part.LinearParts;
import dev.axiomml.dsl.part.MoveParts;
import dev.axiomml.dsl.part.VisionParts;
import dev.axiomml.dsl.recipe.LayerPosition;
import dev.axiomml.dsl.recipe.OperatorPart;
import java.util.OptionalInt;

/**
 * A flow of images, (height, width, channels); convolutions and pools may follow, a dense layer
 * only after {@code flatten()} or a global pool.
 *
 * <pre>{@code
 * ImageFlow x = Axiom.model("eye").input(image(32, 32, 3));
 * VectorFlow y = x.conv(16, 3, same()).batchNorm().relu().maxPool(2).globalAveragePool();
 * }</pre>
 */
public final class ImageFlow extends SpatialFlow<ImageFlow> {
  ImageFlow(LayerPosition spot) {
    super(spot);
  }

  @Override
  public ImageFlow self() {
    return this;
  }

  @Override
  ImageFlow at(LayerPosition other) {
    return new ImageFlow(other);
  }

  /** Channels spread over squares of pixels: (h, w, c·n²) to (h·n, w·n, c), in PyTorch's order. */
  public ImageFlow pixelShuffle(int factor) {
    return apply(
        "pixelshuffle", in -> OperatorPart.of("pixelshuffle", new DepthToSpace(factor, false)));
  }

  /** So many channels, from one on; the first is number 0. */
  public ImageFlow channels(int from, int count) {
    return apply(
        "slice", in -> OperatorPart.of("slice", new Slice(-1, Dim.of(from), Dim.of(count), 1)));
  }

  /** Each pixel's channels times a number for each channel, e.g. of squeeze and excitation. */
  public ImageFlow scaled(VectorFlow channels) {
    Shape shape = channels.type().shape();
    Shape one = Shape.of(shape.dim(0), Dim.ONE, Dim.ONE, shape.dim(1));
    LayerPosition factor = channels.spot().op("reshape", new Reshape(one));
    return new ImageFlow(spot().op("mul", new Mul(), factor));
  }

  /** A linear layer with bias along the channels of each pixel. */
  public ImageFlow pixelDense(int outputs) {
    return apply("dense", LinearParts.dense(OptionalInt.empty(), outputs, true));
  }

  /**
   * Times a learned factor for each channel: the weight {@code layer_scale}, equal at the start.
   */
  public ImageFlow layerScale(double start) {
    return at(VisionParts.scaled(spot(), start));
  }

  /** Pixels in reading order as steps: (h, w, c) to (h·w, c). */
  public SequenceFlow asSequence() {
    Shape shape = shape();
    Shape rows = Shape.of(shape.dim(0).times(shape.dim(1)), shape.dim(2));
    return new SequenceFlow(spot().add("reshape", in -> MoveParts.reshape(in, rows)));
  }
}
