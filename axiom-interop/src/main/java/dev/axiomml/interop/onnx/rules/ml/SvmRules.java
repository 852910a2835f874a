package dev.axiomml.interop.onnx.rules.ml;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.index.ArgMax;
import dev.axiomml.core.op.index.Gather;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.List;
import java.util.Map;

/**
 * Support vector machines: kernels and weighted sums of them. The label is the class with the most
 * votes; probabilities of classes are only run.
 */
public final class SvmRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("SVMClassifier", SvmRules::classifier), entry("SVMRegressor", SvmRules::regressor));

  private static final double SURE = 1e-7;

  private SvmRules() {}

  private static boolean states(OnnxNodeContext at, String attribute) {
    return at.attributes().numbers(attribute).filter(all -> !all.isEmpty()).isPresent();
  }

  private static List<Value> regressor(OnnxNodeContext at) {
    PostTransform.stated(
        at,
        List.of(ScorePostTransform.NONE),
        "programs pass over it for this operator: only NONE is known");
    Value x = MlRules.rows(at);
    int features = x.type().shape().size(-1);
    int vectors = at.attributes().integer("n_supports", 0);
    passKernel(at);
    if (vectors < 0) {
      throw at.refuse("n_supports " + vectors, "there are none or more");
    }
    Value y = vectors == 0 ? sum(at, x, features) : sum(at, kernels(at, x, vectors), vectors);
    return List.of(at.attributes().flag("one_class", false) ? sides(at, y) : y);
  }

  /** What speaks of support vectors, where there may be none. */
  private static void passKernel(OnnxNodeContext at) {
    at.attributes().pass("kernel_params", "kernel_type", "support_vectors");
  }

  private static Value kernels(OnnxNodeContext at, Value x, int vectors) {
    Shape shape = Shape.of(vectors, x.type().shape().size(-1));
    if (shape.count() == 0) {
      throw at.refuse("support_vectors of " + shape, "they have features");
    }
    return SvmKernel.stated(at).of(at, x, MlRules.numbers(at, "support_vectors", shape));
  }

  private static Value sum(OnnxNodeContext at, Value x, int count) {
    Tensor weights = MlRules.numbers(at, "coefficients", Shape.of(count, 1));
    Tensor rho = MlRules.numbers(at, "rho", Shape.of(1));
    return at.weighted(
        new Dense(),
        x,
        MlRules.parameter(at, "coefficients", weights),
        MlRules.parameter(at, "rho", rho));
  }

  /** 1 inside of the one class, −1 outside. */
  private static Value sides(OnnxNodeContext at, Value y) {
    OnnxSteps steps = new OnnxSteps(at);
    Value inside = at.emit(new Compare(Compare.Kind.GREATER), y, at.scalar(DType.FLOAT32, 0));
    return steps.plus(steps.times(steps.cast(inside, DType.FLOAT32), 2), -1);
  }

  private static List<Value> classifier(OnnxNodeContext at) {
    Tensor labels = MlRules.labels(at, "classlabels_ints");
    if (labels.size() < 2) {
      throw at.refuse("classlabels of " + labels.size(), "a classifier tells two or more apart");
    }
    if (states(at, "prob_a") != states(at, "prob_b")) {
      throw at.refuse("one of prob_a and prob_b", "a probability needs both");
    }
    boolean linear = at.attributes().longs("vectors_per_class").orElse(List.of()).isEmpty();
    return linear ? linear(at, labels) : voted(at, labels, SvmPairs.of(at, labels.size()));
  }

  /** Without support vectors, one weighted sum of the features for each class. */
  private static List<Value> linear(OnnxNodeContext at, Tensor labels) {
    int classes = labels.size();
    if (classes == 2 || states(at, "prob_a")) {
      throw at.refuse(
          "vectors_per_class is missing",
          "without it only three or more classes without probabilities are told apart alike by all"
              + " programs");
    }
    passKernel(at);
    Value x = MlRules.rows(at);
    Shape shape = Shape.of(classes, x.type().shape().size(-1));
    Tensor weights = MlRules.numbers(at, "coefficients", shape).permute(1, 0);
    float rho = MlRules.numbers(at, "rho", Shape.of(1)).floatAt(0);
    Value scores =
        at.weighted(
            new Dense(),
            x,
            MlRules.parameter(at, "coefficients", weights),
            MlRules.parameter(at, "rho", Tensor.full(Shape.of(classes), rho)));
    Value transformed = PostTransform.of(at, PostTransform.stated(at), scores);
    return List.of(label(at, labels, scores), transformed);
  }

  private static Value label(OnnxNodeContext at, Tensor labels, Value votes) {
    Value best = at.beside("best", new ArgMax(-1, false, false), votes);
    return at.emit(new Gather(0), at.constant(labels), best);
  }

  private static List<Value> voted(OnnxNodeContext at, Tensor labels, SvmPairs pairs) {
    OnnxSteps steps = new OnnxSteps(at);
    Value kernels = kernels(at, MlRules.rows(at), pairs.vectors());
    Value decisions = pairs.decisions(kernels);
    Value zero = at.scalar(DType.FLOAT32, 0);
    Value first = at.emit(new Compare(Compare.Kind.GREATER), decisions, zero);
    Value votes = pairs.votes(steps.cast(first, DType.FLOAT32));
    return List.of(label(at, labels, votes), scores(at, pairs, decisions));
  }

  private static Value scores(OnnxNodeContext at, SvmPairs pairs, Value decisions) {
    if (states(at, "prob_a")) {
      Value each = platt(at, pairs.count(), decisions);
      Value shares = at.emit(new CoupledPairs(pairs.classes()), each);
      return PostTransform.of(at, PostTransform.stated(at), shares);
    }
    return pairs.count() == 1
        ? PostTransform.ofOne(at, decisions, score -> new OnnxSteps(at).times(score, -1))
        : PostTransform.of(at, PostTransform.stated(at), decisions);
  }

  /** {@code 1 / (1 + exp(a·decision + b))}, a and b being each pair's own (Platt 1999). */
  private static Value platt(OnnxNodeContext at, int pairs, Value decisions) {
    Tensor slope = negative(MlRules.numbers(at, "prob_a", Shape.of(pairs)));
    Tensor start = negative(MlRules.numbers(at, "prob_b", Shape.of(pairs)));
    Value factor = at.folding().parameter(MlRules.parameter(at, "prob_a", slope));
    Value offset = at.folding().parameter(MlRules.parameter(at, "prob_b", start));
    Value scaled = at.beside("slope", new Mul(), decisions, factor);
    Value shares = at.emit(new Sigmoid(), at.beside("platt", new Add(), scaled, offset));
    return at.emit(new Clip(SURE, 1 - SURE), shares);
  }

  private static Tensor negative(Tensor x) {
    float[] y = x.toFloats();
    for (int i = 0; i < y.length; i++) {
      y[i] = -y[i];
    }
    return Tensor.of(x.shape(), y);
  }
}
