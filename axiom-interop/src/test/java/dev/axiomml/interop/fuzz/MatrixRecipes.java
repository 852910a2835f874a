package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Products of matrices, quantised numbers, recurrent layers, and ONNX Runtime's own. */
final class MatrixRecipes {
  static final Map<String, OnnxRecipe> TABLE = table();

  private MatrixRecipes() {}

  private static Map<String, OnnxRecipe> table() {
    Map<String, OnnxRecipe> all = new TreeMap<>();
    all.put("MatMul", d -> product(d, d.draw.floating()));
    all.put("MatMulInteger", MatrixRecipes::integers);
    all.put("Gemm", MatrixRecipes::gemm);
    all.put("Einsum", MatrixRecipes::einsum);
    all.put("Det", d -> d.in(d.draw.tame(DType.FLOAT32, square(d))));
    all.put("QuantizeLinear", MatrixRecipes::quantize);
    all.put("DequantizeLinear", MatrixRecipes::dequantize);
    all.put(
        "DynamicQuantizeLinear", d -> d.in(d.draw.tame(DType.FLOAT32, d.draw.solid(2))).results(3));
    List.of("RNN", "GRU", "LSTM").forEach(op -> all.put(op, MatrixRecipes::recurrent));
    return all;
  }

  private static Shape square(OnnxDraft d) {
    long n = d.draw.from(1, 4);
    return d.draw.solid(d.draw.below(2)).concat(Shape.of(n, n));
  }

  private static void product(OnnxDraft d, DType dtype) {
    long inner = d.draw.from(1, 5);
    Shape lead = d.draw.shape(d.draw.below(3));
    Shape a =
        d.draw.chance(0.15)
            ? Shape.of(inner)
            : d.draw.narrower(lead).concat(Shape.of(d.draw.size(), inner));
    Shape b =
        d.draw.chance(0.15)
            ? Shape.of(inner)
            : d.draw.narrower(lead).concat(Shape.of(inner, d.draw.size()));
    d.in(d.draw.tame(dtype, a)).weight(d.draw.tame(dtype, b));
  }

  private static void integers(OnnxDraft d) {
    DType second = d.draw.pick(DType.UINT8, DType.INT8);
    Shape a = Shape.of(d.draw.from(1, 4), d.draw.from(1, 4));
    d.in(d.draw.tame(DType.UINT8, a));
    d.weight(d.draw.tame(second, Shape.of(a.dim(1).value(), d.draw.from(1, 4))));
    if (d.draw.chance(0.5)) {
      d.weight(OnnxDraw.scalar(DType.UINT8, d.draw.from(0, 5)));
      if (d.draw.chance(0.5)) {
        d.weight(OnnxDraw.scalar(second, d.draw.from(0, 5)));
      }
    }
  }

  private static void gemm(OnnxDraft d) {
    DType dtype = d.draw.floating();
    boolean left = d.draw.chance(0.4);
    boolean right = d.draw.chance(0.4);
    long m = d.draw.from(1, 4);
    long k = d.draw.from(1, 4);
    long n = d.draw.from(1, 4);
    d.in(d.draw.tame(dtype, left ? Shape.of(k, m) : Shape.of(m, k)));
    d.weight(d.draw.tame(dtype, right ? Shape.of(n, k) : Shape.of(k, n)));
    if (d.opset() < 11 || d.draw.chance(0.7)) {
      d.weight(d.draw.tame(dtype, d.draw.narrower(Shape.of(m, n))));
    }
    d.maybe("alpha", d.draw.number(1)).maybe("beta", d.draw.number(1));
    if (left || d.draw.chance(0.2)) {
      d.set("transA", left ? 1L : 0L);
    }
    if (right || d.draw.chance(0.2)) {
      d.set("transB", right ? 1L : 0L);
    }
  }

  private static void einsum(OnnxDraft d) {
    String equation =
        d.draw.pick(
            "ij,jk->ik",
            "bij,bjk->bik",
            "ij->ji",
            "ij,ij->",
            "i,j->ij",
            "ij,jk,kl->il",
            "ii->i",
            "bhid,bhjd->bhij",
            "ij,j",
            "...ij,...jk->...ik",
            "i,i,i->i",
            "ij->i",
            "ab,bc,ac->abc");
    Map<Character, Long> sizes = new TreeMap<>();
    DType dtype = d.draw.floating();
    for (String term : equation.split("->")[0].split(",")) {
      long[] shape =
          term.replace("...", "")
              .chars()
              .mapToLong(c -> sizes.computeIfAbsent((char) c, k -> (long) d.draw.from(1, 4)))
              .toArray();
      Shape lead = term.startsWith("...") ? Shape.of(2) : Shape.SCALAR;
      d.in(d.draw.tame(dtype, lead.concat(Shape.of(shape))));
    }
    d.set("equation", equation);
  }

  private static void quantize(OnnxDraft d) {
    int rank = d.draw.from(1, 4);
    Shape shape = d.draw.solid(rank);
    DType dtype = d.draw.pick(DType.UINT8, DType.INT8);
    d.in(d.draw.wild(DType.FLOAT32, shape));
    scale(d, shape, dtype);
  }

  private static void scale(OnnxDraft d, Shape shape, DType dtype) {
    boolean channels = d.opset() >= 13 && d.draw.chance(0.4);
    int axis = d.draw.below(shape.rank());
    Shape each = channels ? Shape.of(shape.dim(axis)) : Shape.SCALAR;
    d.weight(d.draw.positive(DType.FLOAT32, each));
    if (d.draw.chance(0.7) || dtype != DType.UINT8) {
      d.weight(d.draw.tame(dtype, each));
    }
    if (channels) {
      d.set("axis", (long) (d.draw.chance(0.3) ? axis - shape.rank() : axis));
    }
  }

  private static void dequantize(OnnxDraft d) {
    Shape shape = d.draw.solid(d.draw.from(1, 4));
    DType dtype = d.draw.pick(DType.UINT8, DType.INT8);
    d.in(d.draw.tame(dtype, shape));
    scale(d, shape, dtype);
  }

  private static void recurrent(OnnxDraft d) {
    int gates = Map.of("RNN", 1, "GRU", 3, "LSTM", 4).get(d.op());
    String direction = d.draw.pick("forward", "reverse", "bidirectional");
    long ways = direction.equals("bidirectional") ? 2 : 1;
    long steps = d.draw.from(1, 4);
    long batch = d.draw.from(1, 3);
    long width = d.draw.from(1, 3);
    long hidden = d.draw.from(1, 3);
    d.in(d.draw.tame(DType.FLOAT32, Shape.of(steps, batch, width)));
    d.fixed(d.draw.tame(DType.FLOAT32, Shape.of(ways, gates * hidden, width)));
    d.fixed(d.draw.tame(DType.FLOAT32, Shape.of(ways, gates * hidden, hidden)));
    boolean bias = d.draw.chance(0.5);
    if (bias) {
      d.fixed(d.draw.tame(DType.FLOAT32, Shape.of(ways, 2 * gates * hidden)));
    }
    if (d.draw.chance(0.3)) {
      (bias ? d : d.none()).none().in(d.draw.tame(DType.FLOAT32, Shape.of(ways, batch, hidden)));
    }
    d.set("hidden_size", hidden).results(d.draw.from(1, d.op().equals("LSTM") ? 3 : 2));
    if (ways == 2 || d.draw.chance(0.5)) {
      d.set("direction", direction);
    }
    if (d.op().equals("GRU")) {
      d.maybe("linear_before_reset", (long) d.draw.below(2));
    }
    if (d.draw.chance(0.2)) {
      d.set("clip", 1.5f);
    }
  }

  /** Numbers of words, below a limit. */
  static Tensor ids(OnnxDraft d, Shape shape, int below) {
    int[] values = new int[shape.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = d.draw.below(below);
    }
    return Tensor.ofIntegers(
        shape, DType.INT32, java.util.Arrays.stream(values).asLongStream().toArray());
  }
}
