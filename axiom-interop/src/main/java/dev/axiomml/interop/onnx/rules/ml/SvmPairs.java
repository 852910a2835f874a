package dev.axiomml.interop.onnx.rules.ml;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The decisions of a support vector machine between each two of its classes.
 *
 * @param at the node
 * @param starts where the vectors of each class start, and where the last ones end
 */
record SvmPairs(OnnxNodeContext at, List<Integer> starts) {
  private static final long MOST_WEIGHTS = 1L << 28;

  SvmPairs {
    starts = List.copyOf(starts);
  }

  /** Of a node that states how many vectors each of its classes has. */
  static SvmPairs of(OnnxNodeContext at, int classes) {
    List<Integer> counts = at.attributes().integers("vectors_per_class").orElse(List.of());
    long vectors = counts.stream().mapToLong(Integer::longValue).sum();
    long pairs = (long) classes * (classes - 1) / 2;
    boolean fits = vectors > 0 && vectors <= MOST_WEIGHTS / pairs;
    if (counts.size() != classes || counts.stream().anyMatch(count -> count < 0) || !fits) {
      throw at.refuse(
          "vectors_per_class " + counts,
          "each of " + classes + " classes has some, and no more than memory holds");
    }
    List<Integer> starts = new ArrayList<>(List.of(0));
    counts.forEach(count -> starts.add(starts.get(starts.size() - 1) + count));
    return new SvmPairs(at, starts);
  }

  int classes() {
    return starts.size() - 1;
  }

  int vectors() {
    return starts.get(classes());
  }

  int count() {
    return (int) ((long) classes() * (classes() - 1) / 2);
  }

  /** Sums of weighted kernels: a decision is positive for the first class of its pair. */
  Value decisions(Value kernels) {
    float[] stated =
        MlRules.numbers(at, "coefficients", Shape.of(classes() - 1, vectors())).toFloats();
    Tensor rho = MlRules.numbers(at, "rho", Shape.of(count()));
    float[] weights = new float[vectors() * count()];
    int pair = 0;
    for (int i = 0; i < classes(); i++) {
      for (int j = i + 1; j < classes(); j++) {
        weigh(weights, stated, new int[] {i, j - 1}, pair);
        weigh(weights, stated, new int[] {j, i}, pair++);
      }
    }
    return at.beside(
        "decisions",
        new Dense(),
        kernels,
        weight("coefficients", Tensor.of(Shape.of(vectors(), count()), weights)),
        weight("rho", rho));
  }

  /** The vectors of a class weigh in a pair as a row of the file's coefficients says. */
  private void weigh(float[] weights, float[] stated, int[] classAndRow, int pair) {
    for (int v = starts.get(classAndRow[0]); v < starts.get(classAndRow[0] + 1); v++) {
      weights[v * count() + pair] = stated[classAndRow[1] * vectors() + v];
    }
  }

  /** The votes for each class, from 1 where a decision is for the first of its pair, else 0. */
  Value votes(Value decided) {
    float[] weights = new float[count() * classes()];
    float[] bias = new float[classes()];
    int pair = 0;
    for (int i = 0; i < classes(); i++) {
      for (int j = i + 1; j < classes(); j++) {
        weights[pair * classes() + i] = 1;
        weights[pair++ * classes() + j] = -1;
        bias[j]++;
      }
    }
    return at.beside(
        "votes",
        new Dense(),
        decided,
        weight("votes", Tensor.of(Shape.of(count(), classes()), weights)),
        weight("others", Tensor.of(Shape.of(classes()), bias)));
  }

  private Value weight(String name, Tensor tensor) {
    return at.folding().parameter(MlRules.parameter(at, name, tensor));
  }
}
