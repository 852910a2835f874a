package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Elements picked, put and put together. */
final class PlaceRecipes {
  static final Map<String, OnnxRecipe> TABLE = table();

  private PlaceRecipes() {}

  private static Map<String, OnnxRecipe> table() {
    Map<String, OnnxRecipe> all = new TreeMap<>();
    all.put("Gather", PlaceRecipes::gather);
    all.put("GatherElements", PlaceRecipes::gatherElements);
    all.put("GatherND", PlaceRecipes::gatherNd);
    all.put("ScatterElements", PlaceRecipes::scatterElements);
    all.put("ScatterND", PlaceRecipes::scatterNd);
    all.put("Slice", PlaceRecipes::slice);
    all.put("Split", PlaceRecipes::split);
    all.put("Tile", PlaceRecipes::tile);
    all.put("Concat", PlaceRecipes::concat);
    all.put("OneHot", PlaceRecipes::oneHot);
    all.put("NonZero", d -> d.in(d.draw.tame(d.draw.any(), d.draw.shape(d.draw.from(1, 3)))));
    all.put("Range", PlaceRecipes::range);
    all.put("Trilu", PlaceRecipes::trilu);
    all.put("EyeLike", PlaceRecipes::eyeLike);
    all.put("ReverseSequence", PlaceRecipes::reverseSequence);
    all.put("Compress", PlaceRecipes::compress);
    all.put("Unique", PlaceRecipes::unique);
    return all;
  }

  private static DType index(OnnxDraft d) {
    return d.draw.pick(DType.INT64, DType.INT32);
  }

  private static void gather(OnnxDraft d) {
    int rank = d.draw.from(1, 4);
    Shape shape = d.draw.solid(rank);
    long axis = d.draw.chance(0.4) ? 0 : d.draw.axis(rank);
    d.in(d.draw.tame(d.draw.any(), shape));
    long size = shape.dim((int) axis).value();
    d.weight(d.draw.places(index(d), d.draw.shape(d.draw.below(3)), size));
    if (axis != 0) {
      d.set("axis", axis);
    }
  }

  private static void gatherElements(OnnxDraft d) {
    int rank = d.draw.from(1, 3);
    Shape shape = d.draw.solid(rank);
    long axis = d.draw.axis(rank);
    Shape places = shape.with((int) axis, Dim.of(d.draw.from(1, 4)));
    d.in(d.draw.tame(d.draw.any(), shape)).set("axis", axis);
    d.weight(d.draw.places(index(d), places, shape.dim((int) axis).value()));
  }

  private static void gatherNd(OnnxDraft d) {
    int rank = d.draw.from(1, 4);
    Shape shape = d.draw.solid(rank);
    int batch = d.opset() >= 12 && rank > 1 ? d.draw.below(rank) : 0;
    int depth = d.draw.from(1, rank - batch);
    Shape lead = shape.sub(0, batch).concat(d.draw.solid(d.draw.from(batch == 0 ? 1 : 0, 1)));
    d.in(d.draw.tame(d.draw.any(), shape));
    d.weight(tuples(d, shape.sub(batch, rank), lead, depth));
    if (batch > 0) {
      d.set("batch_dims", (long) batch);
    }
  }

  private static Tensor tuples(OnnxDraft d, Shape data, Shape lead, int depth) {
    int rows = lead.count();
    long[] values = new long[rows * depth];
    for (int i = 0; i < values.length; i++) {
      long size = data.dim(i % depth).value();
      values[i] = d.draw.below((int) size) - (d.draw.chance(0.2) ? size : 0);
    }
    return Tensor.ofLongs(lead.concat(Shape.of(depth)), values);
  }

  private static String reduction(OnnxDraft d, int first) {
    return d.opset() >= 18
        ? d.draw.pick("none", "add", "mul", "min", "max")
        : d.opset() >= first ? d.draw.pick("none", "add", "mul") : "none";
  }

  private static void scatterElements(OnnxDraft d) {
    int rank = d.draw.from(1, 3);
    Shape shape = d.draw.solid(rank);
    int axis = d.draw.below(rank);
    long size = shape.dim(axis).value();
    String reduction = reduction(d, 16);
    Shape places = reduction.equals("none") ? shape : shape.with(axis, Dim.of(d.draw.from(1, 4)));
    DType dtype = d.draw.number();
    d.in(d.draw.tame(dtype, shape));
    d.weight(
        reduction.equals("none") ? once(d, shape, axis) : d.draw.places(DType.INT64, places, size));
    d.in(d.draw.tame(dtype, places)).set("axis", (long) (d.draw.chance(0.3) ? axis - rank : axis));
    if (!reduction.equals("none")) {
      d.set("reduction", reduction);
    }
  }

  /** Each place of an axis is written once, so that no order is visible. */
  private static Tensor once(OnnxDraft d, Shape shape, int axis) {
    long[] order = d.draw.shuffled(shape.size(axis));
    int stride = shape.strides()[axis];
    long[] values = new long[shape.count()];
    Arrays.setAll(values, i -> order[i / stride % order.length]);
    return Tensor.ofLongs(shape, values);
  }

  private static void scatterNd(OnnxDraft d) {
    int rank = d.draw.from(1, 3);
    Shape shape = d.draw.solid(rank);
    int depth = d.draw.from(1, rank);
    String reduction = reduction(d, 16);
    int rows = reduction.equals("none") ? 1 : d.draw.from(1, 4);
    DType dtype = d.draw.number();
    d.in(d.draw.tame(dtype, shape)).weight(tuples(d, shape, Shape.of(rows), depth));
    d.in(d.draw.tame(dtype, Shape.of(rows).concat(shape.sub(depth, rank))));
    if (!reduction.equals("none")) {
      d.set("reduction", reduction);
    }
  }

  private static void slice(OnnxDraft d) {
    int rank = d.draw.from(1, 4);
    d.in(d.draw.tame(d.draw.any(), d.draw.shape(rank)));
    int count = d.draw.from(1, rank);
    long[] axes = d.draw.axes(rank, count);
    long[] starts = new long[count];
    long[] ends = new long[count];
    long[] steps = new long[count];
    for (int i = 0; i < count; i++) {
      starts[i] = d.draw.pick(0, 0, 1, 2, -1, -2, -9, 7);
      ends[i] = d.draw.pick(1L, 2L, 3L, -1L, 9L, -9L, Long.MAX_VALUE, (long) Integer.MAX_VALUE);
      steps[i] = d.draw.pick(1, 1, 1, 2, -1, -2);
      if (steps[i] < 0 && d.draw.chance(0.5)) {
        ends[i] = d.draw.pick((long) Integer.MIN_VALUE, Long.MIN_VALUE + 1);
      }
    }
    if (d.opset() < 10) {
      d.set("starts", starts).set("ends", ends).set("axes", axes);
      return;
    }
    d.weight(OnnxDraw.longs(starts)).weight(OnnxDraw.longs(ends));
    boolean all = count == rank && d.draw.chance(0.5);
    if (!all) {
      d.weight(OnnxDraw.longs(axes));
    }
    if (d.draw.chance(0.6)) {
      (all ? d.none() : d).weight(OnnxDraw.longs(steps));
    }
  }

  private static void split(OnnxDraft d) {
    int rank = d.draw.from(1, 3);
    int axis = d.draw.below(rank);
    int parts = d.draw.from(1, 3);
    boolean equal = d.draw.chance(0.6);
    boolean uneven = equal && d.opset() >= 18;
    long[] sizes = new long[parts];
    Arrays.setAll(sizes, i -> d.draw.from(1, 3));
    long whole = uneven ? d.draw.from(1, 8) : equal ? parts * 2L : Arrays.stream(sizes).sum();
    Shape shape = d.draw.solid(rank).with(axis, Dim.of(whole));
    d.in(d.draw.tame(d.draw.any(), shape)).results(parts);
    if (axis != 0 || d.draw.chance(0.3)) {
      d.set("axis", (long) (d.draw.chance(0.3) ? axis - rank : axis));
    }
    if (equal && d.opset() >= 18) {
      d.set("num_outputs", (long) parts);
    } else if (!equal && d.opset() < 13) {
      d.set("split", sizes);
    } else if (!equal) {
      d.weight(OnnxDraw.longs(sizes));
    }
  }

  private static void tile(OnnxDraft d) {
    int rank = d.draw.from(1, 3);
    d.in(d.draw.tame(d.draw.any(), d.draw.shape(rank)));
    long[] times = new long[rank];
    Arrays.setAll(times, i -> d.draw.chance(0.05) ? 0 : d.draw.from(1, 3));
    d.weight(OnnxDraw.longs(times));
  }

  private static void concat(OnnxDraft d) {
    int rank = d.draw.from(1, 4);
    int axis = d.draw.below(rank);
    Shape shape = d.draw.shape(rank);
    DType dtype = d.draw.any();
    int count = d.draw.from(1, 4);
    for (int i = 0; i < count; i++) {
      d.in(d.draw.tame(dtype, shape.with(axis, Dim.of(d.draw.size()))));
    }
    d.set("axis", (long) (d.draw.chance(0.3) ? axis - rank : axis));
  }

  private static void oneHot(OnnxDraft d) {
    int rank = d.draw.below(3);
    int depth = d.draw.from(1, 5);
    DType values = d.draw.pick(DType.FLOAT32, DType.INT64);
    d.in(d.draw.places(DType.INT64, d.draw.shape(rank), depth + (d.draw.chance(0.2) ? 2 : 0)));
    d.weight(Tensor.ofLongs(d.draw.pick(Shape.SCALAR, Shape.of(1)), depth));
    d.weight(d.draw.tame(values, Shape.of(2)));
    d.maybe("axis", (long) d.draw.from(-rank - 1, rank));
  }

  private static void range(OnnxDraft d) {
    DType dtype = d.draw.pick(DType.FLOAT32, DType.INT64, DType.INT32, DType.FLOAT64);
    int start = d.draw.from(-3, 3);
    int step = d.draw.pick(1, 2, 3, -1, -2);
    d.weight(OnnxDraw.scalar(dtype, start));
    d.weight(OnnxDraw.scalar(dtype, start + d.draw.from(-2, 6) * (double) step));
    d.weight(OnnxDraw.scalar(dtype, step));
  }

  private static void trilu(OnnxDraft d) {
    d.in(d.draw.tame(d.draw.number(), d.draw.shape(d.draw.from(2, 4))));
    if (d.draw.chance(0.6)) {
      d.weight(Tensor.ofLongs(Shape.SCALAR, d.draw.from(-4, 4)));
    }
    d.maybe("upper", (long) d.draw.below(2));
  }

  private static void eyeLike(OnnxDraft d) {
    d.in(d.draw.tame(d.draw.floating(), d.draw.shape(2))).maybe("k", (long) d.draw.from(-3, 3));
    d.maybe("dtype", (long) d.draw.pick(1, 7, 11, 6));
  }

  private static void reverseSequence(OnnxDraft d) {
    Shape shape = d.draw.solid(d.draw.from(2, 3));
    boolean time = d.draw.chance(0.5);
    int batch = time ? 1 : 0;
    long[] lengths = new long[shape.size(batch)];
    Arrays.setAll(lengths, i -> d.draw.from(1, shape.size(1 - batch)));
    d.in(d.draw.tame(d.draw.number(), shape)).weight(OnnxDraw.longs(lengths));
    if (time && d.draw.chance(0.5)) {
      return;
    }
    d.set("batch_axis", (long) batch).set("time_axis", 1L - batch);
  }

  private static void compress(OnnxDraft d) {
    int rank = d.draw.from(1, 3);
    Shape shape = d.draw.solid(rank);
    boolean flat = d.draw.chance(0.3);
    int axis = d.draw.below(rank);
    int size = flat ? shape.count() : shape.size(axis);
    d.in(d.draw.tame(d.draw.any(), shape));
    d.weight(d.draw.tame(DType.BOOL, Shape.of(d.draw.from(1, size))));
    if (!flat) {
      d.set("axis", (long) (d.draw.chance(0.3) ? axis - rank : axis));
    }
  }

  private static void unique(OnnxDraft d) {
    int rank = d.draw.from(1, 2);
    DType dtype = d.draw.pick(DType.FLOAT32, DType.INT64);
    d.in(d.draw.tame(dtype, d.draw.solid(rank))).results(d.draw.from(1, 4));
    d.maybe("sorted", (long) d.draw.below(2));
    if (d.draw.chance(0.5)) {
      d.set("axis", (long) d.draw.from(-rank, rank - 1));
    }
  }
}
