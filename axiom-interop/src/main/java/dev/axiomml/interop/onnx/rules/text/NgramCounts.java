package dev.axiomml.interop.onnx.rules.text;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How often n-grams of a pool occur in rows of tokens: {@code TfIdfVectorizer}. */
final class NgramCounts {
  /** What a count becomes. */
  private enum Mode {
    TF,
    IDF,
    TFIDF;

    float of(int count, double weight) {
      return switch (this) {
        case TF -> count;
        case IDF -> count > 0 ? (float) weight : 0;
        case TFIDF -> (float) (count * weight);
      };
    }
  }

  private static final int MOST_COLUMNS = 1 << 24;

  private final OnnxNodeContext at;
  private final Mode mode;
  private final NgramPool pool;
  private final float[] weights;

  private NgramCounts(OnnxNodeContext at) {
    this.at = at;
    this.mode = mode();
    List<Integer> columns = columns();
    this.pool = NgramPool.of(at, columns);
    this.weights = weights(columns);
  }

  static List<Value> emit(OnnxNodeContext at) {
    return new NgramCounts(at).emit();
  }

  private List<Value> emit() {
    int rank = at.rank(0);
    if (rank < 1 || rank > 2) {
      throw at.refuse("TfIdfVectorizer on " + at.shape(0), "it reads a row of tokens, or rows");
    }
    Shape shape = at.shape(0).sub(0, rank - 1).concat(Shape.of(Dim.of(weights.length)));
    return at.run(List.of(Type.of(shape, DType.FLOAT32)), (settings, in) -> counted(in));
  }

  private Mode mode() {
    String stated = at.attributes().text("mode", "");
    return Stream.of(Mode.values())
        .filter(m -> m.name().equals(stated.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> at.refuse("mode \"" + stated + "\"", "TF, IDF and TFIDF are known"));
  }

  /** The column of each n-gram of the pool. */
  private List<Integer> columns() {
    List<Integer> columns = at.attributes().integers("ngram_indexes").orElse(List.of());
    if (columns.isEmpty() || columns.stream().anyMatch(c -> c < 0 || c >= MOST_COLUMNS)) {
      throw at.refuse(
          "ngram_indexes of " + columns.size() + " columns",
          "there are some, and they are from 0 to " + (MOST_COLUMNS - 1));
    }
    return columns;
  }

  /**
   * A weight for each column. The standard tells a weight for each n-gram of the pool, the programs
   * that run it one for each column: where those differ, the meaning is ambiguous.
   */
  private float[] weights(List<Integer> columns) {
    float[] all = new float[columns.stream().max(Integer::compare).orElse(0) + 1];
    Arrays.fill(all, 1);
    Optional<List<Float>> stated = at.attributes().numbers("weights").filter(w -> !w.isEmpty());
    if (stated.isEmpty() || mode == Mode.TF) {
      return all;
    }
    List<Float> weights = stated.get();
    for (int i = 0; i < columns.size(); i++) {
      int column = columns.get(i);
      boolean one = weights.size() == columns.size() && column < weights.size();
      if (!one || !weights.get(i).equals(weights.get(column))) {
        throw at.refuse(
            "weights of " + weights.size() + " for " + columns.size() + " n-grams",
            "each has its own, in the order of ngram_indexes");
      }
      all[column] = weights.get(i);
    }
    return all;
  }

  private List<RuntimeValue> counted(List<Optional<RuntimeValue>> in) {
    Tensor x = TextRules.tensor(in, 0);
    int tokens = x.shape().size(-1);
    int rows = x.shape().rank() == 1 ? 1 : x.shape().size(0);
    Shape lead = x.shape().sub(0, x.shape().rank() - 1);
    Shape shape = lead.concat(Shape.of(weights.length));
    float[] y = new float[shape.count()];
    for (int row = 0; row < rows; row++) {
      int[] counts = pool.count(x, row * tokens, tokens, weights.length);
      for (int i = 0; i < counts.length; i++) {
        y[row * weights.length + i] = mode.of(counts[i], weights[i]);
      }
    }
    return List.of(Tensor.of(shape, y));
  }
}
