package dev.axiomml.interop.onnx.rules.image;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.image.PixelReading;
import dev.axiomml.core.op.image.SampleAt;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.NodeAttributes;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Known regions of images stretched to another size, as TensorFlow crops.
 *
 * @param at the node
 * @param start where the region begins along each axis, 0 to 1 from the first pixel to the last
 * @param end where it ends
 * @param sizes the new sizes of all axes
 */
record CropAndResize(
    OnnxNodeContext at, List<Double> start, List<Double> end, List<Integer> sizes) {
  private static final int ROI = 1;
  private static final int SCALES = 2;
  private static final int SIZES = 3;

  static CropAndResize of(OnnxNodeContext at) {
    int rank = at.rank(0);
    List<Integer> axes = ResizeRules.axes(at);
    double[] roi = at.require(ROI).toDoubles();
    List<Double> start = new ArrayList<>(Collections.nCopies(rank, 0.0));
    List<Double> end = new ArrayList<>(Collections.nCopies(rank, 1.0));
    List<Integer> sizes = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      sizes.add(axis < 2 ? 0 : SamplingRules.size(at, at.shape(0).dim(axis)));
    }
    boolean stated = at.has(SIZES) && !at.shape(SIZES).equals(Shape.of(0));
    double[] wanted = at.require(stated ? SIZES : SCALES).toDoubles();
    for (int i = 0; i < axes.size(); i++) {
      int axis = axes.get(i);
      start.set(axis, roi[i]);
      end.set(axis, roi[axes.size() + i]);
      double part = sizes.get(axis) * (end.get(axis) - start.get(axis)) * wanted[i];
      sizes.set(axis, axis < 2 ? 0 : (int) (stated ? wanted[i] : Math.floor((float) part)));
      boolean whole = roi[i] == 0 && roi[axes.size() + i] == 1;
      require(at, axis, whole && kept(at.shape(0).dim(axis), wanted[i], stated));
    }
    return new CropAndResize(at, start, end, sizes);
  }

  private static boolean kept(Dim size, double wanted, boolean stated) {
    return stated ? size.isFixed() && size.value() == wanted : wanted == 1;
  }

  private static void require(OnnxNodeContext at, int axis, boolean kept) {
    if (axis < 2 && !kept) {
      throw at.refuse("a crop of axis " + axis, "samples and channels stay whole");
    }
  }

  List<Value> emit() {
    requirePlain();
    PixelReading.Mode mode = mode();
    SampleAt op = new SampleAt(positions(mode), new PixelReading(mode, PixelReading.Border.CLAMP));
    OnnxSteps steps = new OnnxSteps(at);
    DType wide = at.dtype(0).isFloat() ? at.dtype(0) : DType.FLOAT32;
    Value y = WindowRules.spatial(at, op, steps.cast(at.in(0), wide));
    return List.of(steps.cast(filled(steps, y), at.dtype(0)));
  }

  private void requirePlain() {
    NodeAttributes settings = at.attributes();
    boolean plain =
        (float) settings.number("cubic_coeff_a", -0.75) == -0.75f
            && !settings.flag("antialias", false)
            && !settings.flag("exclude_outside", false)
            && settings.text("keep_aspect_ratio_policy", "stretch").equals("stretch");
    if (!plain) {
      throw at.refuse(
          "a crop with cubic_coeff_a, antialias, exclude_outside or an aspect ratio",
          "they are supported for whole images");
    }
  }

  private PixelReading.Mode mode() {
    String mode = at.attributes().text("mode", "nearest");
    return switch (mode) {
      case "nearest" -> PixelReading.Mode.NEAREST;
      case "linear" -> PixelReading.Mode.LINEAR;
      case "cubic" -> PixelReading.Mode.CUBIC;
      default -> throw at.refuse("mode " + mode, "nearest, linear and cubic are known");
    };
  }

  private Shape pixels() {
    return Shape.of(
        sizes.subList(2, sizes.size()).stream().mapToLong(Integer::longValue).toArray());
  }

  /** Where pixel {@code i} of an axis lies in the original. */
  private double source(int axis, int i) {
    double last = SamplingRules.size(at, at.shape(0).dim(axis)) - 1.0;
    double from = start.get(axis);
    double to = end.get(axis);
    return sizes.get(axis) > 1
        ? from * last + i * (to - from) * last / (sizes.get(axis) - 1)
        : (from + to) / 2 * last;
  }

  private Tensor positions(PixelReading.Mode mode) {
    int axes = sizes.size() - 2;
    Shape shape = Shape.of(1).concat(pixels()).concat(Shape.of(axes));
    double[] positions = new double[shape.count()];
    for (int i = 0; i < positions.length / axes; i++) {
      int rest = i;
      for (int axis = axes - 1; axis >= 0; axis--) {
        double at = source(axis + 2, rest % sizes.get(axis + 2));
        positions[i * axes + axis] = mode == PixelReading.Mode.NEAREST ? rounded(at) : at;
        rest /= sizes.get(axis + 2);
      }
    }
    return Tensor.ofDoubles(shape, DType.FLOAT64, positions);
  }

  private double rounded(double x) {
    String mode = at.attributes().text("nearest_mode", "round_prefer_floor");
    return switch (mode) {
      case "round_prefer_floor" -> Math.ceil(x - 0.5);
      case "round_prefer_ceil" -> Math.floor(x + 0.5);
      case "floor" -> Math.floor(x);
      case "ceil" -> Math.ceil(x);
      default -> throw at.refuse("nearest_mode " + mode, "it is no way of rounding");
    };
  }

  /** Pixels from outside of the image have the stated value. */
  private Value filled(OnnxSteps steps, Value y) {
    Shape shape = pixels();
    long[] inside = new long[shape.count()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = inside(i) ? 1 : 0;
    }
    double value = at.attributes().number("extrapolation_value", 0);
    Tensor mask = Tensor.ofIntegers(shape, DType.BOOL, inside);
    boolean all = Arrays.stream(inside).allMatch(one -> one == 1);
    return all ? y : steps.where(at.constant(mask), y, value);
  }

  private boolean inside(int pixel) {
    boolean inside = true;
    int rest = pixel;
    for (int axis = sizes.size() - 1; axis >= 2; axis--) {
      double source = source(axis, rest % sizes.get(axis));
      inside &= source >= 0 && source <= at.shape(0).size(axis) - 1;
      rest /= sizes.get(axis);
    }
    return inside;
  }
}
