package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import java.util.Map;
import java.util.TreeMap;

/** Operators of ONNX Runtime's own domain. */
final class RuntimeRecipes {
  static final Map<String, OnnxRecipe> TABLE = table();

  private RuntimeRecipes() {}

  private static Map<String, OnnxRecipe> table() {
    Map<String, OnnxRecipe> all = new TreeMap<>();
    all.put("EmbedLayerNormalization", RuntimeRecipes::embed);
    all.put("SkipLayerNormalization", d -> skip(d, true));
    all.put("SkipSimplifiedLayerNormalization", d -> skip(d, false));
    all.put("FastGelu", d -> biased(d, d.draw.chance(0.5)));
    all.put("BiasGelu", d -> biased(d, true));
    all.put("QuickGelu", RuntimeRecipes::quick);
    all.put("FusedMatMul", RuntimeRecipes::fused);
    all.put("FusedGemm", RuntimeRecipes::fusedGemm);
    return all;
  }

  private static void embed(OnnxDraft d) {
    long batch = d.draw.from(1, 3);
    long length = d.draw.from(1, 4);
    long width = d.draw.from(2, 4);
    boolean segments = d.draw.chance(0.5);
    d.domain("com.microsoft");
    Shape ids = Shape.of(batch, length);
    d.in(MatrixRecipes.ids(d, ids, 5));
    if (segments) {
      d.in(MatrixRecipes.ids(d, ids, 2));
    } else {
      d.none();
    }
    d.fixed(d.draw.tame(DType.FLOAT32, Shape.of(5, width)));
    d.fixed(d.draw.tame(DType.FLOAT32, Shape.of(6, width)));
    if (segments) {
      d.fixed(d.draw.tame(DType.FLOAT32, Shape.of(2, width)));
    } else {
      d.none();
    }
    d.fixed(d.draw.tame(DType.FLOAT32, Shape.of(width)));
    d.fixed(d.draw.tame(DType.FLOAT32, Shape.of(width)));
    d.maybe("epsilon", 0.01f).results(2);
  }

  private static void skip(OnnxDraft d, boolean centred) {
    Shape shape = Shape.of(d.draw.from(1, 3), d.draw.from(1, 3), d.draw.from(1, 5));
    Shape row = shape.sub(2, 3);
    d.domain("com.microsoft").in(d.draw.tame(DType.FLOAT32, shape));
    d.in(d.draw.tame(DType.FLOAT32, shape)).weight(d.draw.tame(DType.FLOAT32, row));
    if (centred && d.draw.chance(0.6)) {
      d.weight(d.draw.tame(DType.FLOAT32, row));
    }
    if (!centred && d.draw.chance(0.5)) {
      d.weight(d.draw.tame(DType.FLOAT32, row));
    }
    d.maybe("epsilon", 0.01f);
  }

  /** The last axis is not empty: ONNX Runtime divides by the length of the bias, and dies. */
  private static void biased(OnnxDraft d, boolean bias) {
    Shape shape = d.draw.shape(d.draw.below(3)).concat(Shape.of(d.draw.from(1, 5)));
    d.domain("com.microsoft").in(d.draw.tame(DType.FLOAT32, shape));
    if (bias) {
      d.weight(d.draw.tame(DType.FLOAT32, Shape.of(shape.dim(-1))));
    }
  }

  private static void quick(OnnxDraft d) {
    d.domain("com.microsoft").in(d.draw.tame(DType.FLOAT32, d.draw.shape(d.draw.from(1, 3))));
    d.maybe("alpha", 1.5f);
  }

  private static void fused(OnnxDraft d) {
    long m = d.draw.from(1, 4);
    long k = d.draw.from(1, 4);
    long n = d.draw.from(1, 4);
    boolean left = d.draw.chance(0.4);
    boolean right = d.draw.chance(0.4);
    Shape lead = d.draw.solid(d.draw.below(2));
    d.domain("com.microsoft");
    d.in(d.draw.tame(DType.FLOAT32, lead.concat(left ? Shape.of(k, m) : Shape.of(m, k))));
    d.weight(d.draw.tame(DType.FLOAT32, lead.concat(right ? Shape.of(n, k) : Shape.of(k, n))));
    d.set("transA", left ? 1L : 0L).set("transB", right ? 1L : 0L).maybe("alpha", 0.5f);
  }

  private static void fusedGemm(OnnxDraft d) {
    long k = d.draw.from(1, 4);
    long n = d.draw.from(1, 4);
    d.domain("com.microsoft").in(d.draw.tame(DType.FLOAT32, Shape.of(d.draw.from(1, 4), k)));
    d.weight(d.draw.tame(DType.FLOAT32, Shape.of(k, n)));
    d.weight(d.draw.tame(DType.FLOAT32, Shape.of(n)));
    d.set("activation", d.draw.pick("Relu", "Tanh", "Sigmoid")).maybe("alpha", 0.5f);
  }
}
