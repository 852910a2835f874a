package dev.axiomml.interop.onnx.rules.image;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.image.GridSample;
import dev.axiomml.core.op.image.PixelReading;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.List;
import java.util.Map;

/** Images read at computed positions. */
public final class SamplingRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("AffineGrid", SamplingRules::affineGrid),
          entry("DeformConv", at -> DeformableConv.of(at).emit()),
          entry("GridSample", SamplingRules::gridSample));

  private SamplingRules() {}

  /** A fixed size of an axis that positions are computed from. */
  public static int size(OnnxNodeContext at, Dim size) {
    if (!size.isFixed()) {
      throw at.later(at.op() + " of the free size " + size, "positions follow from the size");
    }
    return Math.toIntExact(size.value());
  }

  private static List<Value> gridSample(OnnxNodeContext at) {
    PixelReading reading = new PixelReading(mode(at), border(at));
    Value x = at.in(0);
    int rank = at.rank(0);
    at.importing().spatial().takes(x);
    Value last = at.emit(new Permute(AxisOrders.toChannelsLast(rank)), x);
    Value y = at.emit(new GridSample(reading), last, pixels(at));
    Value first = at.emit(new Permute(AxisOrders.toChannelsFirst(rank)), y);
    at.importing().spatial().makes(first);
    return List.of(first);
  }

  private static boolean corners(OnnxNodeContext at) {
    return at.attributes().flag("align_corners", false);
  }

  private static PixelReading.Mode mode(OnnxNodeContext at) {
    String mode = at.attributes().text("mode", "linear");
    return switch (mode) {
      case "nearest" -> PixelReading.Mode.NEAREST;
      case "linear", "bilinear" -> PixelReading.Mode.LINEAR;
      case "cubic", "bicubic" -> PixelReading.Mode.CUBIC;
      default -> throw at.refuse("mode " + mode, "nearest, linear and cubic are known");
    };
  }

  private static PixelReading.Border border(OnnxNodeContext at) {
    String mode = at.attributes().text("padding_mode", "zeros");
    return switch (mode) {
      case "zeros" -> PixelReading.Border.ZEROS;
      case "border" -> PixelReading.Border.CLAMP;
      case "reflection" ->
          corners(at) ? PixelReading.Border.MIRROR_CENTRES : PixelReading.Border.MIRROR_EDGES;
      default -> throw at.refuse("padding_mode " + mode, "zeros, border and reflection are known");
    };
  }

  /** Positions from −1 to 1, the last axis first, as pixels, the first axis first. */
  private static Value pixels(OnnxNodeContext at) {
    int axes = at.rank(0) - 2;
    long[] reversed = new long[axes];
    double[] half = new double[axes];
    for (int axis = 0; axis < axes; axis++) {
      reversed[axis] = axes - 1L - axis;
      half[axis] = (size(at, at.shape(0).dim(axis + 2)) - (corners(at) ? 1 : 0)) / 2.0;
    }
    OnnxSteps steps = new OnnxSteps(at);
    DType dtype = at.dtype(1);
    Value ordered = at.emit(new Take(-1, Tensor.ofLongs(Shape.of(axes), reversed)), at.in(1));
    Value factor = at.constant(Tensor.ofDoubles(Shape.of(axes), dtype, half));
    Value scaled = steps.times(steps.plus(ordered, 1), factor);
    return steps.plus(scaled, corners(at) ? 0 : -0.5);
  }

  /** Affine maps of an even grid from −1 to 1: a product with known positions. */
  private static List<Value> affineGrid(OnnxNodeContext at) {
    List<Integer> sizes = OnnxNodeContext.ints(at.require(1));
    List<Integer> spatial = sizes.subList(2, sizes.size());
    Value maps = new OnnxSteps(at).sized(at.in(0), at.shape(0).with(0, Dim.of(sizes.get(0))));
    int axes = spatial.size();
    int count = spatial.stream().reduce(1, Math::multiplyExact);
    double[] grid = new double[(axes + 1) * count];
    for (int i = 0, rest; i < count; i++) {
      rest = i;
      for (int axis = axes - 1; axis >= 0; axis--) {
        grid[(axes - 1 - axis) * count + i] = even(at, rest % spatial.get(axis), spatial.get(axis));
        rest /= spatial.get(axis);
      }
      grid[axes * count + i] = 1;
    }
    OnnxSteps steps = new OnnxSteps(at);
    Tensor points = Tensor.ofDoubles(Shape.of(axes + 1, count), at.dtype(0), grid);
    Value moved = steps.product(maps, at.constant(points));
    Shape out =
        Shape.of(sizes.get(0))
            .concat(Shape.of(spatial.stream().mapToLong(Integer::longValue).toArray()))
            .concat(Shape.of(axes));
    return List.of(steps.reshape(steps.permute(moved, 0, 2, 1), out));
  }

  private static double even(OnnxNodeContext at, int i, int size) {
    if (corners(at) && size == 1) {
      throw at.refuse("aligned corners of a single pixel", "−1 and 1 are two corners");
    }
    return corners(at) ? -1 + 2.0 * i / (size - 1) : (2.0 * i + 1) / size - 1;
  }
}
