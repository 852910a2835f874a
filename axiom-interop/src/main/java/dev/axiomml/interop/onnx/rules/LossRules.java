package dev.axiomml.interop.onnx.rules;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.index.Gather;
import dev.axiomml.core.op.index.GatherElements;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.norm.LogSoftmax;
import dev.axiomml.core.op.pair.Arithmetic;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Losses of classifiers: scores (N, C, places…) against the numbers of classes (N, places…). */
public final class LossRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("NegativeLogLikelihoodLoss", at -> List.of(loss(at, at.in(0)))),
          entry("SoftmaxCrossEntropyLoss", LossRules::crossEntropy));

  private LossRules() {}

  private static List<Value> crossEntropy(OnnxNodeContext at) {
    Value logs = at.emit(new LogSoftmax(1), at.in(0));
    return List.of(loss(at, logs), logs);
  }

  private static Value loss(OnnxNodeContext at, Value logs) {
    OnnxSteps steps = new OnnxSteps(at);
    Optional<Value> counts = counts(at);
    Value labels = counts.map(c -> only(at, c)).orElse(at.in(1));
    Value taken = at.emit(new GatherElements(1), logs, steps.unsqueeze(labels, 1));
    Value each = at.emit(new Neg(), steps.reshape(taken, OnnxSteps.shape(labels)));
    Value weight = weight(at, logs, labels);
    Value weighted = at.has(2) ? steps.times(each, weight) : each;
    Value loss = counts.map(c -> steps.where(c, weighted, 0)).orElse(weighted);
    Value shares = counts.map(c -> steps.where(c, weight, 0)).orElse(weight);
    String reduction = at.attributes().text("reduction", "mean");
    return switch (reduction) {
      case "none" -> loss;
      case "sum" -> sum(at, loss);
      case "mean" -> steps.over(sum(at, loss), sum(at, shares));
      default -> throw at.refuse("reduction " + reduction, "none, sum and mean are known");
    };
  }

  /** Which labels count; empty where all do. */
  private static Optional<Value> counts(OnnxNodeContext at) {
    if (!at.attributes().has("ignore_index")) {
      return Optional.empty();
    }
    Value ignored = at.scalar(at.dtype(1), at.attributes().integer("ignore_index", 0));
    return Optional.of(at.emit(new Compare(Compare.Kind.UNEQUAL), at.in(1), ignored));
  }

  /** The labels with those that do not count made 0, which every axis has. */
  private static Value only(OnnxNodeContext at, Value counts) {
    Value ones = new OnnxSteps(at).cast(counts, at.dtype(1));
    return at.emit(new Arithmetic(Arithmetic.Kind.MUL), at.in(1), ones);
  }

  /** What each label weighs. */
  private static Value weight(OnnxNodeContext at, Value logs, Value labels) {
    DType dtype = logs.type().dtype();
    return at.has(2)
        ? at.emit(new Gather(0), at.in(2), labels)
        : at.emit(new Expand(OnnxSteps.shape(labels)), at.scalar(dtype, 1));
  }

  private static Value sum(OnnxNodeContext at, Value x) {
    Value flat = new OnnxSteps(at).reshape(x, Shape.of(OnnxSteps.shape(x).volume()));
    return at.emit(new ReduceSum(List.of(0), false), flat);
  }
}
