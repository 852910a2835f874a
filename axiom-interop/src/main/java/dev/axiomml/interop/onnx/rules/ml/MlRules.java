package dev.axiomml.interop.onnx.rules.ml;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.index.ArgMax;
import dev.axiomml.core.op.index.Gather;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.norm.LpNormalization;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.signal.SignalRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operators of the domain {@code ai.onnx.ml} that are networks: what scikit-learn exports. */
public final class MlRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("Scaler", MlRules::scaler),
          entry("Normalizer", MlRules::normalizer),
          entry("FeatureVectorizer", MlRules::vectorizer),
          entry("LinearRegressor", MlRules::regressor),
          entry("LinearClassifier", MlRules::classifier),
          entry("ArrayFeatureExtractor", MlRules::extractor));

  private MlRules() {}

  private static Value floats(OnnxNodeContext at) {
    return new OnnxSteps(at).cast(at.in(0), DType.FLOAT32);
  }

  /** Rows of features as floats; a list is one row. */
  static Value rows(OnnxNodeContext at) {
    Value x = floats(at);
    if (at.rank(0) < 1 || at.rank(0) > 2) {
      throw at.refuse(at.op() + " on " + at.shape(0), "it reads rows of features");
    }
    return at.rank(0) == 1 ? new OnnxSteps(at).unsqueeze(x, 0) : x;
  }

  static Tensor numbers(OnnxNodeContext at, String attribute, Shape shape) {
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

  static Parameter parameter(OnnxNodeContext at, String name, Tensor tensor) {
    return new Parameter(at.name() + "." + name, tensor);
  }

  /** {@code (x − offset) · scale}. */
  private static List<Value> scaler(OnnxNodeContext at) {
    Value x = floats(at);
    int features = x.type().shape().size(-1);
    Tensor scale = spread(at, "scale", features);
    Tensor offset = spread(at, "offset", features);
    float[] shifts = offset.toFloats();
    for (int i = 0; i < shifts.length; i++) {
      shifts[i] = -shifts[i];
    }
    Parameter minus = parameter(at, "offset", Tensor.of(offset.shape(), shifts));
    Value centred = at.beside("centred", new Add(), x, at.folding().parameter(minus));
    return List.of(at.weighted(new Mul(), centred, parameter(at, "scale", scale)));
  }

  /** One number for each feature; a single one is meant for all. */
  private static Tensor spread(OnnxNodeContext at, String attribute, int features) {
    int stated = at.attributes().numbers(attribute).map(List::size).orElse(0);
    return stated == 1
        ? Tensor.full(Shape.of(features), numbers(at, attribute, Shape.of(1)).floatAt(0))
        : numbers(at, attribute, Shape.of(features));
  }

  private static List<Value> normalizer(OnnxNodeContext at) {
    String norm = at.attributes().text("norm", "MAX");
    Value x = floats(at);
    return List.of(
        switch (norm) {
          case "L1" -> at.emit(new LpNormalization(-1, 1, 0), x);
          case "L2" -> at.emit(new LpNormalization(-1, 2, 0), x);
          case "MAX" -> byLargest(at, x);
          default -> throw at.refuse("norm " + norm, "MAX, L1 and L2 are known");
        });
  }

  /** Rows whose largest number is zero stay. */
  private static Value byLargest(OnnxNodeContext at, Value x) {
    Value most = at.emit(new ReduceMax(List.of(-1), true), x);
    Value zero = at.scalar(DType.FLOAT32, 0);
    Value none = at.emit(new Compare(Compare.Kind.EQUAL), most, zero);
    Value divisor = at.emit(new Where(), none, at.scalar(DType.FLOAT32, 1), most);
    return at.emit(new Div(), x, divisor);
  }

  /** ONNX Runtime passes over the others where there is one target, against the standard. */
  private static List<Value> regressor(OnnxNodeContext at) {
    int targets = at.attributes().integer("targets", 1);
    if (targets < 1) {
      throw at.refuse("targets " + targets, "there are one or more");
    }
    ScorePostTransform ending =
        targets > 1
            ? PostTransform.stated(at)
            : PostTransform.stated(
                at,
                List.of(ScorePostTransform.NONE, ScorePostTransform.PROBIT),
                "for one target programs disagree about what it does: NONE and PROBIT are known");
    return List.of(PostTransform.of(at, ending, linear(at, targets)));
  }

  /** Features times coefficients, which are stored target by target, and the intercepts. */
  private static Value linear(OnnxNodeContext at, int targets) {
    Value x = rows(at);
    int features = x.type().shape().size(-1);
    Tensor rows = numbers(at, "coefficients", Shape.of(targets, features));
    Optional<Parameter> bias =
        at.attributes().numbers("intercepts").filter(all -> !all.isEmpty()).isPresent()
            ? Optional.of(parameter(at, "intercepts", numbers(at, "intercepts", Shape.of(targets))))
            : Optional.empty();
    Parameter weight = parameter(at, "coefficients", rows.permute(1, 0));
    return at.weighted(new Dense(), x, weight.and(bias).toArray(Parameter[]::new));
  }

  /** The label of the largest score, and the scores after their last function. */
  private static List<Value> classifier(OnnxNodeContext at) {
    Tensor labels = labels(at, "classlabels_ints");
    int stated = at.attributes().numbers("coefficients").map(List::size).orElse(0);
    if (labels.size() < 2) {
      throw at.refuse("classlabels of " + labels.size(), "a classifier tells two or more apart");
    }
    if (labels.size() == 2 && stated == at.shape(0).size(-1)) {
      return oneSided(at, labels);
    }
    Value scores = linear(at, labels.size());
    Value best = at.beside("best", new ArgMax(-1, false, false), scores);
    Value label = at.emit(new Gather(0), at.constant(labels), best);
    return List.of(label, PostTransform.of(at, PostTransform.stated(at), scores));
  }

  /** One score tells two classes apart by its sign: the second one where it is positive. */
  private static List<Value> oneSided(OnnxNodeContext at, Tensor labels) {
    Value score = linear(at, 1);
    Value zero = at.scalar(DType.FLOAT32, 0);
    Value second = at.emit(new Compare(Compare.Kind.GREATER), score, zero);
    OnnxSteps steps = new OnnxSteps(at);
    Value places = steps.reshape(steps.cast(second, DType.INT64), score.type().shape().sub(0, 1));
    Value label = at.emit(new Gather(0), at.constant(labels), places);
    return List.of(label, PostTransform.ofOne(at, score, s -> steps.plus(steps.times(s, -1), 1)));
  }

  /** The names of classes, whole numbers or texts. */
  static Tensor labels(OnnxNodeContext at, String numbers) {
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
  private static List<Value> extractor(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    Value places = steps.reshape(at.in(1), Shape.of(at.shape(1).volume()));
    Value x = at.rank(0) == 1 ? steps.unsqueeze(at.in(0), 0) : at.in(0);
    return List.of(at.emit(new Gather(x.type().shape().rank() - 1), x, places));
  }

  /** Features side by side as floats, each operand cut, or filled up with zeros, to its size. */
  private static List<Value> vectorizer(OnnxNodeContext at) {
    List<Value> parts = at.all();
    List<Integer> sizes = at.attributes().integers("inputdimensions").orElse(List.of());
    if (parts.isEmpty() || sizes.size() != parts.size()) {
      throw at.refuse(
          "inputdimensions " + sizes + " for " + parts.size() + " operands", "each has its own");
    }
    List<Value> columns = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      columns.add(columns(at, parts.get(i), sizes.get(i)));
    }
    return List.of(
        columns.size() == 1 ? columns.get(0) : at.emitAll(new Concat(1), columns).get(0));
  }

  private static Value columns(OnnxNodeContext at, Value part, int size) {
    Shape shape = part.type().shape();
    if (size < 1 || shape.rank() < 1) {
      throw at.refuse(
          "inputdimensions of " + size + " for " + shape, "rows have 1 feature or more");
    }
    OnnxSteps steps = new OnnxSteps(at);
    Value list = steps.cast(part, DType.FLOAT32);
    Value row = shape.rank() == 1 ? steps.unsqueeze(list, 0) : list;
    Shape wide = row.type().shape();
    Value flat = steps.reshape(row, Shape.of(wide.dim(0), wide.sub(1, wide.rank()).volume()));
    return SignalRules.sized(at, flat, 1, size);
  }
}
