package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Images resized, sampled and bordered. */
final class ImageRecipes {
  static final Map<String, OnnxRecipe> TABLE = table();

  private ImageRecipes() {}

  private static Map<String, OnnxRecipe> table() {
    Map<String, OnnxRecipe> all = new TreeMap<>();
    all.put("Resize", ImageRecipes::resize);
    all.put("Upsample", ImageRecipes::upsample);
    all.put("GridSample", ImageRecipes::gridSample);
    all.put("AffineGrid", ImageRecipes::affineGrid);
    all.put("Pad", ImageRecipes::pad);
    all.put("RoiAlign", ImageRecipes::roiAlign);
    all.put("CenterCropPad", ImageRecipes::centerCropPad);
    return all;
  }

  private static void resize(OnnxDraft d) {
    String mode = d.draw.pick("nearest", "linear", "linear", "cubic");
    int rank = mode.equals("cubic") ? 4 : d.draw.pick(3, 4, 4, 5);
    Shape shape = Shape.of(d.draw.from(1, 2), d.draw.from(1, 2));
    long[] spatial = LongStream.range(2, rank).map(i -> d.draw.from(1, 6)).toArray();
    shape = shape.concat(Shape.of(spatial));
    d.in(d.draw.tame(DType.FLOAT32, shape));
    if (d.opset() >= 11) {
      d.none();
      coordinates(d, mode);
    }
    d.maybe("mode", mode);
    boolean scales = d.opset() < 11 || d.draw.chance(0.6);
    if (scales) {
      d.fixed(
          Tensor.of(
              Shape.of(rank),
              scales(d, rank, mode.equals("nearest") || !d.settings().containsKey("mode"))));
    } else {
      long[] sizes = LongStream.range(0, rank).map(i -> d.draw.from(1, 9)).toArray();
      sizes[0] = shape.dim(0).value();
      sizes[1] = shape.dim(1).value();
      d.none().fixed(OnnxDraw.longs(sizes));
    }
  }

  /** Which of two pixels is nearer must not hang on the rounding of a factor. */
  private static float[] scales(OnnxDraft d, int rank, boolean exact) {
    float[] scales = new float[rank];
    scales[0] = 1;
    scales[1] = 1;
    for (int i = 2; i < rank; i++) {
      scales[i] =
          exact
              ? d.draw.pick(1f, 2f, 0.5f, 1.5f, 3f)
              : d.draw.pick(1f, 2f, 0.5f, 1.5f, 3f, 0.7f, 2.3f, 1.25f);
    }
    return scales;
  }

  private static void coordinates(OnnxDraft d, String mode) {
    d.maybe(
        "coordinate_transformation_mode",
        d.draw.pick("half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric"));
    if (mode.equals("nearest")) {
      d.maybe(
          "nearest_mode", d.draw.pick("round_prefer_floor", "round_prefer_ceil", "floor", "ceil"));
    }
    if (mode.equals("cubic")) {
      d.maybe("cubic_coeff_a", d.draw.pick(-0.5f, -0.75f));
      d.maybe("exclude_outside", (long) d.draw.below(2));
    }
    if (d.opset() >= 18 && !mode.equals("nearest")) {
      d.maybe("antialias", (long) d.draw.below(2));
    }
  }

  private static void upsample(OnnxDraft d) {
    float[] scales = {1, 1, d.draw.pick(1f, 2f, 1.5f, 3f), d.draw.pick(1f, 2f, 2.5f)};
    d.in(d.draw.tame(DType.FLOAT32, Shape.of(1, 2, d.draw.from(1, 4), d.draw.from(1, 4))));
    d.maybe("mode", d.draw.pick("nearest", "linear"));
    if (d.opset() < 9) {
      d.set("scales", scales);
    } else {
      d.fixed(Tensor.of(Shape.of(4), scales));
    }
  }

  private static void gridSample(OnnxDraft d) {
    boolean volume = d.opset() >= 20 && d.draw.chance(0.25);
    String mode =
        d.opset() >= 20
            ? d.draw.pick("linear", "nearest", "cubic")
            : d.draw.pick("bilinear", "nearest", "bicubic");
    if (volume && mode.equals("cubic")) {
      mode = "linear";
    }
    long n = d.draw.from(1, 2);
    int axes = volume ? 3 : 2;
    Shape image = Shape.of(n, d.draw.from(1, 2)).concat(sizes(d, axes));
    Shape grid = Shape.of(n).concat(sizes(d, axes)).concat(Shape.of(axes));
    float[] places = new float[grid.count()];
    for (int i = 0; i < places.length; i++) {
      places[i] = d.draw.number(d.draw.chance(0.2) ? 2 : 0.7);
    }
    d.in(d.draw.tame(DType.FLOAT32, image)).in(Tensor.of(grid, places));
    if (d.draw.chance(0.8)) {
      d.set("mode", mode);
    }
    if (d.draw.chance(0.8)) {
      d.set("padding_mode", d.draw.pick("zeros", "border", "reflection"));
    }
    d.maybe("align_corners", (long) d.draw.below(2));
  }

  private static Shape sizes(OnnxDraft d, int axes) {
    return Shape.of(LongStream.range(0, axes).map(i -> d.draw.from(2, 5)).toArray());
  }

  private static void affineGrid(OnnxDraft d) {
    int axes = d.draw.from(2, 3);
    long n = d.draw.from(1, 2);
    d.in(d.draw.tame(DType.FLOAT32, Shape.of(n, axes, axes + 1L)));
    long[] size = LongStream.range(0, axes + 2).map(i -> d.draw.from(2, 4)).toArray();
    size[0] = n;
    d.fixed(OnnxDraw.longs(size)).maybe("align_corners", (long) d.draw.below(2));
  }

  private static void pad(OnnxDraft d) {
    int rank = d.draw.from(1, 4);
    DType dtype = d.opset() < 13 ? d.draw.floating() : d.draw.number();
    Shape shape = d.draw.solid(rank);
    String mode =
        d.draw.pick("constant", "constant", "reflect", "edge", d.opset() < 19 ? "edge" : "wrap");
    boolean some = d.opset() >= 18 && d.draw.chance(0.3);
    long[] axes = some ? d.draw.axes(rank, d.draw.from(1, rank)) : d.draw.axes(0, 0);
    int count = some ? axes.length : rank;
    long[] pads = LongStream.range(0, 2L * count).map(i -> border(d, mode)).toArray();
    d.in(d.draw.tame(dtype, shape)).maybe("mode", mode);
    boolean constant = mode.equals("constant") || !d.settings().containsKey("mode");
    if (d.opset() < 11) {
      d.set("pads", pads);
      if (constant) {
        d.maybe("value", d.draw.number(1));
      }
      return;
    }
    d.fixed(OnnxDraw.longs(pads));
    if (constant && d.draw.chance(0.5)) {
      d.weight(d.draw.tame(dtype, Shape.SCALAR));
    } else if (some) {
      d.none();
    }
    if (some) {
      d.fixed(OnnxDraw.longs(axes));
    }
  }

  private static long border(OnnxDraft d, String mode) {
    return d.draw.chance(0.1) ? -1 : d.draw.from(0, mode.equals("constant") ? 3 : 2);
  }

  /** Neither points on the end of the image nor whole widths: rounding would decide. */
  private static void roiAlign(OnnxDraft d) {
    int n = d.draw.from(1, 2);
    int rois = d.draw.from(1, 3);
    float[] boxes = new float[rois * 4];
    long[] batch = new long[rois];
    for (int i = 0; i < rois; i++) {
      boxes[4 * i] = d.draw.from(0, 3) + 1 / 7f;
      boxes[4 * i + 1] = d.draw.from(0, 3) + 1 / 7f;
      boxes[4 * i + 2] = boxes[4 * i] + d.draw.from(1, 5) - 0.07f;
      boxes[4 * i + 3] = boxes[4 * i + 1] + d.draw.from(1, 5) - 0.07f;
      batch[i] = d.draw.below(n);
    }
    d.in(d.draw.tame(DType.FLOAT32, Shape.of(n, 2, 5, 6)));
    d.in(Tensor.of(Shape.of(rois, 4), boxes)).in(OnnxDraw.longs(batch));
    d.maybe("mode", d.draw.pick("avg", "max")).maybe("output_height", (long) d.draw.from(1, 3));
    d.maybe("output_width", (long) d.draw.from(1, 3));
    d.maybe("sampling_ratio", (long) d.draw.below(3)).maybe("spatial_scale", 0.5f);
    if (d.opset() >= 16) {
      d.maybe("coordinate_transformation_mode", d.draw.pick("half_pixel", "output_half_pixel"));
    }
  }

  private static void centerCropPad(OnnxDraft d) {
    int rank = d.draw.from(1, 4);
    d.in(d.draw.tame(DType.FLOAT32, d.draw.solid(rank)));
    boolean some = d.draw.chance(0.5);
    long[] axes = d.draw.axes(rank, d.draw.from(1, rank));
    int count = some ? axes.length : rank;
    d.fixed(OnnxDraw.longs(LongStream.range(0, count).map(i -> d.draw.from(1, 7)).toArray()));
    if (some) {
      d.set("axes", axes);
    }
  }
}
