package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.image.ResizeCoordinates;
import dev.axiomml.core.op.image.ResizeCubic;
import dev.axiomml.core.op.image.ResizeLinear;
import dev.axiomml.core.op.image.ResizeNearest;
import dev.axiomml.core.op.image.ResizeSampling;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import dev.axiomml.interop.onnx.save.node.WriteRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Images of another size. */
final class ResizeRows {
  private static final int ANTIALIAS = 18;
  private static final int SYMMETRIC = 19;

  private ResizeRows() {}

  static void add(WriteRules to) {
    WriteRule.Lie first = WriteRule.Lie.CHANNELS_FIRST;
    to.put(
        ResizeLinear.class,
        new WriteRule<>(first, (op, in) -> since(op.sampling()), ResizeRows::linear));
    to.put(
        ResizeCubic.class,
        new WriteRule<>(first, (op, in) -> since(op.sampling()), ResizeRows::cubic));
    to.put(
        ResizeNearest.class,
        new WriteRule<>(first, (op, in) -> since(op.sampling()), ResizeRows::nearest));
  }

  private static int since(ResizeSampling sampling) {
    if (sampling.coordinates() == ResizeCoordinates.HALF_PIXEL_SYMMETRIC) {
      return SYMMETRIC;
    }
    return sampling.antialias() ? ANTIALIAS : WriteRule.OPSET;
  }

  private static List<String> linear(ResizeLinear op, WriteContext at) {
    return at.answer(sampled(at, op.to(), op.sampling()).text("mode", "linear"));
  }

  private static List<String> cubic(ResizeCubic op, WriteContext at) {
    return at.answer(
        sampled(at, op.to(), op.sampling())
            .text("mode", "cubic")
            .number("cubic_coeff_a", op.slope()));
  }

  private static List<String> nearest(ResizeNearest op, WriteContext at) {
    String rounding =
        switch (op.rounding()) {
          case TIES_DOWN -> "round_prefer_floor";
          case TIES_UP -> "round_prefer_ceil";
          case FLOOR -> "floor";
          case CEIL -> "ceil";
        };
    return at.answer(
        sampled(at, op.to(), op.sampling()).text("mode", "nearest").text("nearest_mode", rounding));
  }

  private static OnnxCall sampled(WriteContext at, Shape to, ResizeSampling sampling) {
    String mode = sampling.coordinates().name().toLowerCase(Locale.ROOT);
    OnnxCall call = sized(at, to, sampling).text("coordinate_transformation_mode", mode);
    if (sampling.antialias()) {
      call = call.flag("antialias", true);
    }
    return sampling.excludeOutside() ? call.flag("exclude_outside", true) : call;
  }

  /** By sizes; by factors where positions follow from those. */
  private static OnnxCall sized(WriteContext at, Shape to, ResizeSampling sampling) {
    if (sampling.scales().isEmpty()) {
      List<Dim> sizes = new ArrayList<>(at.shape().dims().subList(0, 2));
      sizes.addAll(to.dims());
      return OnnxCall.of("Resize", at.in(0), "", "", at.sizes(sizes));
    }
    float[] scales = new float[to.rank() + 2];
    scales[0] = 1;
    scales[1] = 1;
    for (int axis = 0; axis < to.rank(); axis++) {
      scales[axis + 2] = sampling.scales().get(axis).floatValue();
      require(at, at.shape().dim(axis + 2), to.dim(axis), scales[axis + 2]);
    }
    String factors = at.constant(Tensor.of(Shape.of(scales.length), scales));
    return OnnxCall.of("Resize", at.in(0), "", factors);
  }

  private static void require(WriteContext at, Dim from, Dim to, float scale) {
    Dim made =
        from.isFixed() ? Dim.of((long) Math.floor(from.value() * scale)) : from.times((long) scale);
    boolean whole = from.isFixed() || scale == Math.rint(scale);
    if (!whole || !made.equals(to)) {
      throw at.refuse(
          "a resize of " + from + " to " + to + " with positions of factor " + scale,
          "ONNX takes the size from the factor");
    }
  }
}
