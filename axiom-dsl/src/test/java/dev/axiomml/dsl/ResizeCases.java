package dev.axiomml.dsl;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.image.ResizeCoordinates;
import dev.axiomml.core.op.image.ResizeCubic;
import dev.axiomml.core.op.image.ResizeLinear;
import dev.axiomml.core.op.image.ResizeNearest;
import dev.axiomml.core.op.image.ResizeSampling;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How the cases of resizing are driven: by word where the factor is whole, else by operator. */
final class ResizeCases {
  static final Map<String, Function<Case, Tensor>> RULES =
      Map.of("Upsample", ResizeCases::upsample);

  private ResizeCases() {}

  private static Tensor upsample(Case c) {
    double[] factors = c.numbers("scale_factor");
    String mode = c.text("mode", "nearest");
    boolean whole = factors.length == 1 && factors[0] == Math.rint(factors[0]);
    boolean word = mode.equals("nearest") || !c.flag("align_corners", false);
    if (whole && word) {
      int factor = (int) factors[0];
      return Drive.channelsFirst(
          c,
          x ->
              mode.equals("nearest")
                  ? AffineCases.spatial(x).upsample(factor)
                  : AffineCases.spatial(x).upsampleLinear(factor));
    }
    return Drive.opLast(c, op(c, mode, to(c, factors)));
  }

  private static Shape to(Case c, double[] factors) {
    int rank = c.input(0).shape().rank() - 2;
    int[] sizes = c.integers("size");
    int[] to = new int[rank];
    for (int i = 0; i < rank; i++) {
      int old = c.input(0).shape().size(i + 2);
      to[i] =
          sizes.length > 0
              ? sizes[Math.min(i, sizes.length - 1)]
              : (int) Math.floor(old * factors[Math.min(i, factors.length - 1)]);
    }
    return Shape.of(to);
  }

  private static Op op(Case c, String mode, Shape to) {
    List<Double> scales = Arrays.stream(c.numbers("scale_factor")).boxed().toList();
    List<Double> each = scales.size() == to.rank() ? scales : List.of();
    ResizeCoordinates linear =
        c.flag("align_corners", false)
            ? ResizeCoordinates.ALIGN_CORNERS
            : ResizeCoordinates.HALF_PIXEL;
    return switch (mode) {
      case "nearest" ->
          new ResizeNearest(
              to,
              new ResizeSampling(each, ResizeCoordinates.ASYMMETRIC, false, false),
              ResizeNearest.Rounding.FLOOR);
      case "nearest-exact" ->
          new ResizeNearest(
              to,
              new ResizeSampling(each, ResizeCoordinates.TF_HALF_PIXEL_FOR_NN, false, false),
              ResizeNearest.Rounding.FLOOR);
      case "bicubic" -> new ResizeCubic(to, new ResizeSampling(each, linear, false, false), -0.75);
      default -> new ResizeLinear(to, new ResizeSampling(each, linear, false, false));
    };
  }
}
