package dev.axiomml.interop.onnx.rules.image;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.image.ResizeCoordinates;
import dev.axiomml.core.op.image.ResizeCubic;
import dev.axiomml.core.op.image.ResizeLinear;
import dev.axiomml.core.op.image.ResizeNearest;
import dev.axiomml.core.op.image.ResizeSampling;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Images of another size. */
public final class ResizeRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(entry("Resize", ResizeRules::resize), entry("Upsample", ResizeRules::upsample));

  /** Sizes of all axes, and the factors that positions use; NaN for new size / old size. */
  private record Wanted(List<Dim> sizes, List<Double> scales) {}

  private ResizeRules() {}

  private static List<Value> upsample(OnnxNodeContext at) {
    List<Double> scales =
        at.version() >= 9
            ? doubles(at, 1)
            : at
                .attributes()
                .numbers("scales")
                .orElseThrow(() -> at.refuse("Upsample without scales", "factors are needed"))
                .stream()
                .map(Float::doubleValue)
                .toList();
    return List.of(emit(at, scaled(at, scales), ResizeCoordinates.ASYMMETRIC));
  }

  private static List<Double> doubles(OnnxNodeContext at, int i) {
    return java.util.Arrays.stream(at.require(i).toDoubles()).boxed().toList();
  }

  private static List<Value> resize(OnnxNodeContext at) {
    if (at.version() < 11) {
      return List.of(emit(at, scaled(at, doubles(at, 1)), ResizeCoordinates.ASYMMETRIC));
    }
    String mode = at.attributes().text("coordinate_transformation_mode", "half_pixel");
    if (mode.equals("tf_crop_and_resize")) {
      return CropAndResize.of(at).emit();
    }
    ResizeCoordinates coordinates = ResizeCoordinates.valueOf(mode.toUpperCase(Locale.ROOT));
    boolean bySize = at.has(3) && !at.shape(3).equals(Shape.of(0));
    Wanted wanted = bySize ? sized(at) : scaled(at, widened(at, doubles(at, 2)));
    return List.of(emit(at, wanted, coordinates));
  }

  static List<Integer> axes(OnnxNodeContext at) {
    return at.attributes()
        .integers("axes")
        .map(list -> list.stream().map(at.shape(0)::axis).toList())
        .orElseGet(() -> IntStream.range(0, at.rank(0)).boxed().toList());
  }

  private static List<Double> widened(OnnxNodeContext at, List<Double> given) {
    List<Double> all = new ArrayList<>(Collections.nCopies(at.rank(0), 1.0));
    List<Integer> axes = axes(at);
    requireEach(at, given, axes.size());
    for (int i = 0; i < axes.size(); i++) {
      all.set(axes.get(i), given.get(i));
    }
    return all;
  }

  private static void requireEach(OnnxNodeContext at, List<?> given, int axes) {
    if (given.size() != axes) {
      throw at.refuse(at.op() + " of " + axes + " axes to " + given, "each axis has one of them");
    }
  }

  private static Wanted scaled(OnnxNodeContext at, List<Double> scales) {
    requireEach(at, scales, at.rank(0));
    List<Dim> sizes = new ArrayList<>();
    for (int axis = 0; axis < scales.size(); axis++) {
      Dim size = at.shape(0).dim(axis);
      double scale = scales.get(axis);
      if (!size.isFixed() && scale != Math.rint(scale)) {
        throw at.later("factor " + scale + " on the free size " + size, "it must be whole");
      }
      sizes.add(
          size.isFixed()
              ? Dim.of((long) Math.floor((float) (size.value() * scale)))
              : size.times((long) scale));
    }
    return new Wanted(sizes, scales);
  }

  /** Sizes as stated, or as large as fits, or as small as covers, with the image's own shape. */
  private static Wanted sized(OnnxNodeContext at) {
    List<Dim> given = at.sizes(3);
    List<Integer> axes = axes(at);
    requireEach(at, given, axes.size());
    List<Dim> sizes = new ArrayList<>(at.shape(0).dims());
    String policy = at.attributes().text("keep_aspect_ratio_policy", "stretch");
    List<Double> scales = new ArrayList<>(Collections.nCopies(at.rank(0), Double.NaN));
    double common = policy.equals("stretch") ? 0 : common(at, given, policy);
    for (int i = 0; i < axes.size(); i++) {
      int axis = axes.get(i);
      Dim size = at.shape(0).dim(axis);
      sizes.set(
          axis,
          policy.equals("stretch") ? given.get(i) : Dim.of(Math.round(common * size.value())));
      if (!policy.equals("stretch")) {
        scales.set(axis, common);
      }
    }
    return new Wanted(sizes, scales);
  }

  private static double common(OnnxNodeContext at, List<Dim> given, String policy) {
    List<Integer> axes = axes(at);
    boolean larger = policy.equals("not_smaller");
    double best = larger ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < axes.size(); i++) {
      double ratio = (double) given.get(i).value() / at.shape(0).dim(axes.get(i)).value();
      best = larger ? Math.max(best, ratio) : Math.min(best, ratio);
    }
    return best;
  }

  /** On the spatial axes of channels-last images, or on all axes where others change too. */
  private static Value emit(OnnxNodeContext at, Wanted wanted, ResizeCoordinates coordinates) {
    int rank = at.rank(0);
    boolean usual =
        rank > 2
            && wanted.sizes().subList(0, 2).equals(at.shape(0).dims().subList(0, 2))
            && plain(wanted.scales().get(0))
            && plain(wanted.scales().get(1));
    int skip = usual ? 2 : 0;
    List<Dim> to = wanted.sizes().subList(skip, rank);
    List<Double> scales = scales(at, wanted, skip);
    ResizeSampling sampling =
        new ResizeSampling(
            scales,
            coordinates,
            at.attributes().flag("antialias", false),
            at.attributes().flag("exclude_outside", false));
    Op op = op(at, new Shape(to), sampling);
    Value x = wide(at, op);
    if (usual) {
      return narrow(at, WindowRules.spatial(at, op, x));
    }
    Shape framed = Shape.of(1).concat(at.shape(0)).concat(Shape.of(1));
    Value y = at.emit(op, at.emit(new Reshape(framed), x));
    return narrow(at, at.emit(new Reshape(new Shape(to)), y));
  }

  private static Value wide(OnnxNodeContext at, Op op) {
    boolean fits = op instanceof MoveOp || at.dtype(0).isFloat();
    return fits ? at.in(0) : at.emit(new Cast(DType.FLOAT32), at.in(0));
  }

  private static Value narrow(OnnxNodeContext at, Value y) {
    return at.emit(new Cast(at.dtype(0)), y);
  }

  private static boolean plain(double scale) {
    return Double.isNaN(scale) || scale == 1;
  }

  private static List<Double> scales(OnnxNodeContext at, Wanted wanted, int skip) {
    List<Double> scales = wanted.scales().subList(skip, at.rank(0));
    if (scales.stream().allMatch(s -> Double.isNaN(s))) {
      return List.of();
    }
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < scales.size(); i++) {
      all.add(Double.isNaN(scales.get(i)) ? 1.0 : scales.get(i));
    }
    return all;
  }

  private static Op op(OnnxNodeContext at, Shape to, ResizeSampling sampling) {
    String mode = at.attributes().text("mode", "nearest");
    at.attributes().pass("cubic_coeff_a", "nearest_mode"); // each is one mode's own
    return switch (mode) {
      case "nearest" -> new ResizeNearest(to, sampling, rounding(at, sampling));
      case "linear", "bilinear", "trilinear" -> new ResizeLinear(to, sampling);
      case "cubic" -> new ResizeCubic(to, sampling, at.attributes().number("cubic_coeff_a", -0.75));
      default -> throw at.refuse("mode " + mode, "nearest, linear and cubic are known");
    };
  }

  private static ResizeNearest.Rounding rounding(OnnxNodeContext at, ResizeSampling sampling) {
    if (at.version() == 10 && sampling.scales().stream().anyMatch(scale -> scale < 1)) {
      if (sampling.scales().stream().anyMatch(scale -> scale > 1)) {
        throw at.refuse("factors below and above 1", "opset 10 rounds them differently");
      }
      return ResizeNearest.Rounding.CEIL; // as ONNX Runtime does there, and the tests want
    }
    boolean early = at.version() < 11 || at.op().equals("Upsample");
    String mode = at.attributes().text("nearest_mode", early ? "floor" : "round_prefer_floor");
    return switch (mode) {
      case "round_prefer_floor" -> ResizeNearest.Rounding.TIES_DOWN;
      case "round_prefer_ceil" -> ResizeNearest.Rounding.TIES_UP;
      case "floor" -> ResizeNearest.Rounding.FLOOR;
      case "ceil" -> ResizeNearest.Rounding.CEIL;
      default -> throw at.refuse("nearest_mode " + mode, "it is no way of rounding");
    };
  }
}
