package dev.axiomml.dsl.part;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.norm.Attention;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.dsl.recipe.LayerPosition;
import dev.axiomml.dsl.recipe.OperatorPart;
import dev.axiomml.dsl.recipe.WeightDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Attention of several heads between its projections, with the weights and names of PyTorch's
 * {@code MultiheadAttention}. Vaswani et al. 2017, section 3.2.
 *
 * @param heads divides the features
 * @param causal whether a step sees only itself and what came before
 * @param biased whether the projections have biases
 * @param dropout the share of weights that training sets to zero
 */
public record MultiheadAttention(int heads, boolean causal, boolean biased, double dropout) {
  public MultiheadAttention {
    if (heads < 1) {
      throw new IllegalArgumentException("attention has at least one head, got " + heads);
    }
  }

  /** With biases, without dropout. */
  public static MultiheadAttention of(int heads, boolean causal) {
    return new MultiheadAttention(heads, causal, true, 0);
  }

  /** What the steps of a sequence gather from each other; (N, time, features). */
  public LayerPosition self(LayerPosition x) {
    LayerPosition all = projected(x, features(x), false);
    return gathered(all, all, all);
  }

  /** What the steps of one sequence gather from another, by keys; all (N, time, features). */
  public LayerPosition on(LayerPosition query, LayerPosition keys, LayerPosition values) {
    int features = features(query);
    LayerPosition asked = projected(query, features, true);
    LayerPosition known = projected(keys.in(query.trail()), features, true);
    LayerPosition given = projected(values.in(query.trail()), features, true);
    return gathered(asked, known, given);
  }

  private LayerPosition gathered(LayerPosition asked, LayerPosition known, LayerPosition given) {
    int features = asked.type().shape().size(-1) / 3;
    LayerPosition q = split(part(asked, 0, features), 0, 2, 1, 3);
    LayerPosition k = split(part(known, features, features), 0, 2, 3, 1);
    LayerPosition v = split(part(given, 2 * features, features), 0, 2, 1, 3);
    LayerPosition mixed = mixed(q, k, v);
    LayerPosition joined = joined(mixed.op("permute", Permute.of(0, 2, 1, 3)), features);
    return joined.add("out_proj", output(features)).label("out_proj", false);
  }

  /** Values weighted by softmax of scaled products; the keys are transposed already. */
  public LayerPosition mixed(LayerPosition q, LayerPosition k, LayerPosition v) {
    Attention attention = new Attention(1 / Math.sqrt(q.type().shape().size(-1)), dropout);
    return causal
        ? q.op("attention", attention, k, v, mask(q, k))
        : q.op("attention", attention, k, v);
  }

  /** The width of the sequence. @throws ShapeException when the heads do not share it evenly */
  public int features(LayerPosition query) {
    int features = query.type().shape().size(-1);
    if (features % heads != 0) {
      throw new ShapeException(
          new Diagnosis(
              heads + " heads on " + query.sample(),
              query.place("attention", List.of(query)),
              "the heads share the features evenly",
              "choose a number of heads that divides " + features));
    }
    return features;
  }

  /** Queries, keys and values of all heads side by side: one product with one weight. */
  private LayerPosition projected(LayerPosition in, int features, boolean shared) {
    return in.add("in_proj", packed(features)).label("in_proj", shared);
  }

  private Function<Type, OperatorPart> packed(int features) {
    double bound = Math.sqrt(6.0 / (4 * features));
    List<WeightDraft> weights = new ArrayList<>();
    weights.add(
        new WeightDraft(
            "_weight",
            Shape.of(features, 3L * features),
            List.of(1, 0),
            new WeightDraft.Uniform(bound)));
    if (biased) {
      weights.add(WeightDraft.channels("_bias", 3L * features, 0));
    }
    return in ->
        new OperatorPart(
            "in_proj",
            weights,
            types -> List.of(LinearParts.out(types.get(0), features, 3 * features)),
            new Dense());
  }

  /** PyTorch starts this layer's bias at zero. */
  private Function<Type, OperatorPart> output(int features) {
    return in -> {
      OperatorPart plain = LinearParts.dense(OptionalInt.empty(), features, biased).apply(in);
      List<WeightDraft> weights = new ArrayList<>(plain.weights());
      if (biased) {
        weights.set(1, WeightDraft.channels("bias", features, 0));
      }
      return new OperatorPart("out_proj", weights, plain.rule(), plain.op());
    };
  }

  private static LayerPosition part(LayerPosition packed, int from, int count) {
    return packed.op("slice", new Slice(-1, Dim.of(from), Dim.of(count), 1));
  }

  /** (N, time, features) to (N, time, heads, width), then in another order. */
  private LayerPosition split(LayerPosition part, int... order) {
    Shape shape = part.type().shape();
    Dim width = shape.dim(2).floorDiv(heads);
    Shape to = Shape.of(shape.dim(0), shape.dim(1), Dim.of(heads), width);
    return part.op("reshape", new Reshape(to)).op("permute", Permute.of(order));
  }

  private static LayerPosition joined(LayerPosition mixed, int features) {
    Shape shape = mixed.type().shape();
    return mixed.op("reshape", new Reshape(Shape.of(shape.dim(0), shape.dim(1), Dim.of(features))));
  }

  /** −∞ wherever a query would look ahead. */
  private static LayerPosition mask(LayerPosition q, LayerPosition k) {
    int rows = q.type().shape().size(-2);
    int columns = k.type().shape().size(-1);
    float[] mask = new float[rows * columns];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % columns > i / columns ? Float.NEGATIVE_INFINITY : 0;
    }
    return q.fixed(Tensor.of(Shape.of(rows, columns), mask));
  }
}
