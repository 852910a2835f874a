package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reductions, norms and what ranks elements. */
final class RowRecipes {
  static final Map<String, OnnxRecipe> TABLE = table();

  private RowRecipes() {}

  private static Map<String, OnnxRecipe> table() {
    Map<String, OnnxRecipe> all = new TreeMap<>();
    List.of(
            ("ReduceSum ReduceMean ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSum"
                    + " ReduceLogSumExp ReduceSumSquare")
                .split(" "))
        .forEach(op -> all.put(op, RowRecipes::reduce));
    List.of("ArgMax", "ArgMin").forEach(op -> all.put(op, RowRecipes::best));
    List.of("Softmax", "LogSoftmax", "Hardmax").forEach(op -> all.put(op, RowRecipes::softmax));
    all.put("CumSum", RowRecipes::cumulative);
    all.put("TopK", RowRecipes::topK);
    all.put("LpNormalization", RowRecipes::lpNorm);
    all.put("LayerNormalization", RowRecipes::layerNorm);
    all.put("RMSNormalization", RowRecipes::layerNorm);
    all.put("BatchNormalization", RowRecipes::batchNorm);
    all.put("InstanceNormalization", RowRecipes::instanceNorm);
    all.put("GroupNormalization", RowRecipes::groupNorm);
    all.put("LRN", RowRecipes::lrn);
    all.put("MeanVarianceNormalization", RowRecipes::meanVariance);
    all.put("NegativeLogLikelihoodLoss", RowRecipes::loss);
    all.put("SoftmaxCrossEntropyLoss", RowRecipes::loss);
    return all;
  }

  private static void reduce(OnnxDraft d) {
    int rank = d.draw.below(5);
    boolean positive = d.op().equals("ReduceLogSum");
    DType dtype = d.draw.chance(0.7) ? d.draw.floating() : d.draw.whole();
    Shape shape = d.draw.shape(rank);
    d.in(positive && dtype.isFloat() ? d.draw.positive(dtype, shape) : d.draw.tame(dtype, shape));
    d.maybe("keepdims", (long) d.draw.below(2));
    boolean operand = d.opset() >= (d.op().equals("ReduceSum") ? 13 : 18);
    long[] axes = d.draw.axes(rank, d.draw.below(rank + 1));
    if (!operand) {
      if (axes.length > 0 && d.draw.chance(0.8)) {
        d.set("axes", axes);
      }
      return;
    }
    d.maybe("noop_with_empty_axes", (long) d.draw.below(2));
    if (d.draw.chance(0.8)) {
      d.fixed(OnnxDraw.longs(axes));
    }
  }

  private static void best(OnnxDraft d) {
    int rank = d.draw.from(1, 4);
    d.in(d.draw.tame(d.draw.number(), d.draw.solid(rank)));
    d.maybe("axis", d.draw.axis(rank)).maybe("keepdims", (long) d.draw.below(2));
    if (d.opset() >= 12) {
      d.maybe("select_last_index", (long) d.draw.below(2));
    }
  }

  private static void softmax(OnnxDraft d) {
    int rank = d.draw.from(d.opset() < 13 ? 2 : 1, 4);
    d.in(d.draw.tame(d.draw.floating(), d.draw.shape(rank))).maybe("axis", d.draw.axis(rank));
  }

  private static void cumulative(OnnxDraft d) {
    int rank = d.draw.from(1, 4);
    DType dtype = d.draw.pick(DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.INT64);
    d.in(d.draw.tame(dtype, d.draw.shape(rank)));
    d.weight(Tensor.ofLongs(d.draw.pick(Shape.SCALAR, Shape.of(1)), d.draw.axis(rank)));
    d.maybe("exclusive", (long) d.draw.below(2)).maybe("reverse", (long) d.draw.below(2));
  }

  private static void topK(OnnxDraft d) {
    int rank = d.draw.from(1, 4);
    Shape shape = d.draw.solid(rank);
    long axis = d.draw.axis(rank);
    long size = shape.dim((int) axis).value();
    d.in(d.draw.tame(d.draw.pick(DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.INT32), shape));
    long k = d.draw.from(0, (int) size);
    d.set("axis", axis).results(2);
    if (d.opset() < 10) {
      d.set("k", Math.max(1, k));
      return;
    }
    d.weight(OnnxDraw.longs(k));
    if (d.opset() >= 11) {
      d.maybe("largest", (long) d.draw.below(2)).maybe("sorted", 1L);
    }
  }

  private static void lpNorm(OnnxDraft d) {
    int rank = d.draw.from(1, 4);
    d.in(d.draw.positive(d.draw.floating(), d.draw.solid(rank)));
    d.maybe("axis", d.draw.axis(rank)).maybe("p", (long) d.draw.from(1, 2));
  }

  private static void layerNorm(OnnxDraft d) {
    int rank = d.draw.from(1, 4);
    Shape shape = d.draw.solid(rank);
    boolean stated = d.draw.chance(0.6);
    long axis = stated ? d.draw.axis(rank) : -1;
    Shape rows = shape.sub(shape.axis((int) axis), rank);
    DType dtype = d.draw.floating();
    d.in(d.draw.tame(dtype, shape)).weight(d.draw.tame(dtype, rows));
    boolean layer = d.op().equals("LayerNormalization");
    if (layer && d.draw.chance(0.6)) {
      d.weight(d.draw.tame(dtype, rows));
    }
    if (stated) {
      d.set("axis", axis);
    }
    d.maybe("epsilon", d.draw.pick(1e-3f, 1e-5f, 0.5f)).maybe("stash_type", 1L);
    d.results(layer && dtype == DType.FLOAT32 ? d.draw.from(1, 3) : 1);
  }

  private static void batchNorm(OnnxDraft d) {
    int rank = d.draw.from(2, 5);
    Shape shape = d.draw.shape(rank);
    Shape channels = Shape.of(shape.dim(1));
    DType dtype = d.draw.floating();
    d.in(d.draw.tame(dtype, shape)).weight(d.draw.tame(dtype, channels));
    d.weight(d.draw.tame(dtype, channels)).weight(d.draw.tame(dtype, channels));
    d.weight(d.draw.positive(dtype, channels));
    d.maybe("epsilon", d.draw.pick(1e-3f, 1e-5f, 0.5f)).maybe("momentum", 0.9f);
  }

  private static void instanceNorm(OnnxDraft d) {
    Shape shape = d.draw.solid(d.draw.from(3, 5));
    d.in(d.draw.tame(DType.FLOAT32, shape));
    d.weight(d.draw.tame(DType.FLOAT32, Shape.of(shape.dim(1))));
    d.weight(d.draw.tame(DType.FLOAT32, Shape.of(shape.dim(1))));
    d.maybe("epsilon", d.draw.pick(1e-3f, 1e-5f, 0.5f));
  }

  private static void groupNorm(OnnxDraft d) {
    int groups = d.draw.from(1, 3);
    long channels = (long) groups * d.draw.from(1, 3);
    Shape shape = d.draw.solid(d.draw.from(3, 4)).with(1, dev.axiomml.core.tensor.Dim.of(channels));
    Shape scale = Shape.of(d.opset() < 21 ? groups : channels);
    d.in(d.draw.tame(DType.FLOAT32, shape)).weight(d.draw.tame(DType.FLOAT32, scale));
    d.weight(d.draw.tame(DType.FLOAT32, scale)).set("num_groups", (long) groups);
    d.maybe("epsilon", d.draw.pick(1e-3f, 1e-5f, 0.5f));
  }

  private static void lrn(OnnxDraft d) {
    d.in(d.draw.tame(DType.FLOAT32, d.draw.shape(4))).set("size", 2L * d.draw.from(0, 2) + 1);
    d.maybe("alpha", 0.5f).maybe("beta", 0.5f).maybe("bias", 2f);
  }

  private static void meanVariance(OnnxDraft d) {
    d.in(d.draw.tame(DType.FLOAT32, d.draw.solid(4)));
    if (d.draw.chance(0.5)) {
      d.set("axes", d.draw.axes(4, d.draw.from(1, 4)));
    }
  }

  private static void loss(OnnxDraft d) {
    Shape shape = d.draw.solid(d.draw.from(2, 4));
    long classes = shape.dim(1).value();
    Shape rows = Shape.of(shape.dim(0)).concat(shape.sub(2, shape.rank()));
    DType dtype = d.draw.floating();
    long[] labels = new long[rows.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = d.draw.below((int) classes);
    }
    d.in(d.draw.tame(dtype, shape));
    d.in(Tensor.ofIntegers(rows, d.draw.pick(DType.INT64, DType.INT32), labels));
    if (d.draw.chance(0.4)) {
      d.weight(d.draw.positive(dtype, Shape.of(classes)));
    }
    d.maybe("reduction", d.draw.pick("mean", "sum", "none"));
    if (d.draw.chance(0.3)) {
      d.set("ignore_index", (long) d.draw.below((int) classes));
    }
  }
}
