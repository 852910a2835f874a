package dev.axiomml.interop.onnx;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.ArgMax;
import dev.axiomml.core.op.Dense;
import dev.axiomml.core.op.Gather;
import dev.axiomml.core.op.LpNormalization;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.Scale;
import dev.axiomml.core.op.Sigmoid;
import dev.axiomml.core.op.Softmax;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operators of the domain {@code ai.onnx.ml} that are networks: what scikit-learn exports. */
final class MlRules {
  static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("Scaler", MlRules::scaler),
          entry("Normalizer", MlRules::normalizer),
          entry("LinearRegressor", MlRules::regressor),
          entry("LinearClassifier", MlRules::classifier),
          entry("ArrayFeatureExtractor", MlRules::extractor));

  private MlRules() {}

  private static Value floats(Site at) {
    return new Steps(at).cast(at.in(0), DType.FLOAT32);
  }

  private static Tensor numbers(Site at, String attribute, Shape shape) {
    List<Float> stated =
        at.attributes()
            .numbers(attribute)
            .filter(n -> n.size() == shape.count())
            .orElseThrow(
                () ->
                    at.refuse(
                        attribute + " is missing or has another length than " + shape.count(),
                        "every feature and target needs its number"));
    float[] values = new float[stated.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = stated.get(i);
    }
    return Tensor.of(shape, values);
  }

  private static Parameter parameter(Site at, String name, Tensor tensor) {
    return new Parameter(at.name() + "." + name, tensor);
  }

  /** {@code (x − offset) · scale}. */
  private static List<Value> scaler(Site at) {
    Value x = floats(at);
    int features = x.type().shape().size(-1);
    Tensor scale = spread(at, "scale", features);
    Tensor offset = spread(at, "offset", features);
    float[] shifts = offset.toFloats();
    for (int i = 0; i < shifts.length; i++) {
      shifts[i] = -shifts[i];
    }
    Parameter one = parameter(at, "one", Tensor.full(offset.shape(), 1));
    Parameter minus = parameter(at, "offset", Tensor.of(offset.shape(), shifts));
    Value centred = at.beside("centred", new Scale(one, Optional.of(minus)), x);
    Scale scaled = new Scale(parameter(at, "scale", scale), Optional.empty());
    return List.of(at.emit(scaled, centred));
  }

  /** One number for each feature; a single one is meant for all. */
  private static Tensor spread(Site at, String attribute, int features) {
    int stated = at.attributes().numbers(attribute).map(List::size).orElse(0);
    return stated == 1
        ? Tensor.full(Shape.of(features), numbers(at, attribute, Shape.of(1)).floatAt(0))
        : numbers(at, attribute, Shape.of(features));
  }

  private static List<Value> normalizer(Site at) {
    String norm = at.attributes().text("norm", "MAX");
    int order =
        switch (norm) {
          case "L1" -> 1;
          case "L2" -> 2;
          default -> throw at.refuse("norm " + norm, "L1 and L2 are known");
        };
    return List.of(at.emit(new LpNormalization(-1, order, 0), floats(at)));
  }

  private static List<Value> regressor(Site at) {
    int targets = at.attributes().integer("targets", 1);
    Value y = linear(at, targets);
    String after = at.attributes().text("post_transform", "NONE");
    if (!after.equals("NONE")) {
      throw at.refuse("post_transform " + after, "a linear regressor is known with NONE");
    }
    return List.of(y);
  }

  /** Features times coefficients, which are stored target by target, and the intercepts. */
  private static Value linear(Site at, int targets) {
    Value x = floats(at);
    int features = x.type().shape().size(-1);
    Tensor rows = numbers(at, "coefficients", Shape.of(targets, features));
    Optional<Parameter> bias =
        at.attributes().has("intercepts")
            ? Optional.of(parameter(at, "intercepts", numbers(at, "intercepts", Shape.of(targets))))
            : Optional.empty();
    return at.emit(new Dense(parameter(at, "coefficients", rows.permute(1, 0)), bias), x);
  }

  /** The label of the largest score, and the scores after their last function. */
  private static List<Value> classifier(Site at) {
    Tensor labels = labels(at, "classlabels_ints");
    Value scores = linear(at, labels.size());
    Value table = at.constant(labels);
    Value best = at.beside("best", new ArgMax(-1, false, false), scores);
    Value label = at.emit(new Gather(0), table, best);
    String after = at.attributes().text("post_transform", "NONE");
    return switch (after) {
      case "NONE" -> List.of(label, scores);
      case "SOFTMAX" -> List.of(label, at.beside("softmax", new Softmax(-1), scores));
      case "LOGISTIC" -> List.of(label, at.beside("logistic", new Sigmoid(), scores));
      default -> throw at.refuse("post_transform " + after, "NONE, SOFTMAX and LOGISTIC are known");
    };
  }

  /** The names of classes, whole numbers or texts. */
  static Tensor labels(Site at, String numbers) {
    List<Long> whole = at.attributes().longs(numbers).orElse(List.of());
    List<String> texts = at.attributes().texts("classlabels_strings").orElse(List.of());
    if (whole.isEmpty() == texts.isEmpty()) {
      throw at.refuse(whole.size() + " labels and " + texts.size() + " texts", "one kind is meant");
    }
    return texts.isEmpty()
        ? Tensor.ofLongs(Shape.of(whole.size()), whole.stream().mapToLong(i -> i).toArray())
        : Tensor.ofTexts(Shape.of(texts.size()), texts.toArray(String[]::new));
  }

  /** Some positions of the last axis; of a list they make one row. */
  private static List<Value> extractor(Site at) {
    Steps steps = new Steps(at);
    Value places = steps.reshape(at.in(1), Shape.of(at.shape(1).volume()));
    Value x = at.rank(0) == 1 ? steps.unsqueeze(at.in(0), 0) : at.in(0);
    return List.of(at.emit(new Gather(x.type().shape().rank() - 1), x, places));
  }
}
