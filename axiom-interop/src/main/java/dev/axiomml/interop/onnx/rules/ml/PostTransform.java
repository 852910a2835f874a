package dev.axiomml.interop.onnx.rules.ml;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.Exp;
import dev.axiomml.core.op.scalar.Log;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Sign;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The last function of rows of scores, put together from core operators. */
final class PostTransform {
  private static final double NOTHING = 1e-7;

  private final OnnxNodeContext at;
  private final OnnxSteps steps;

  private PostTransform(OnnxNodeContext at) {
    this.at = at;
    this.steps = new OnnxSteps(at);
  }

  /** What a node states; none where it states nothing. */
  static ScorePostTransform stated(OnnxNodeContext at) {
    String name = at.attributes().text("post_transform", ScorePostTransform.NONE.name());
    return ScorePostTransform.named(name)
        .orElseThrow(
            () ->
                at.refuse(
                    "post_transform " + name,
                    Arrays.toString(ScorePostTransform.values()) + " are known"));
  }

  /**
   * What a node states, if it is among some.
   *
   * @param why what speaks against the others
   */
  static ScorePostTransform stated(OnnxNodeContext at, List<ScorePostTransform> known, String why) {
    ScorePostTransform ending = stated(at);
    if (!known.contains(ending)) {
      throw at.refuse("post_transform " + ending, why);
    }
    return ending;
  }

  /** Of scores (rows, classes or targets). */
  static Value of(OnnxNodeContext at, ScorePostTransform ending, Value scores) {
    return switch (ending) {
      case NONE -> scores;
      case SOFTMAX -> at.beside("softmax", new Softmax(-1), scores);
      case LOGISTIC -> at.beside("logistic", new Sigmoid(), scores);
      case SOFTMAX_ZERO -> new PostTransform(at).sharesButZeros(scores);
      case PROBIT -> new PostTransform(at).probit(scores);
    };
  }

  /**
   * Two scores out of one that tells two classes apart.
   *
   * @param first the first class's score, where nothing else is stated
   */
  static Value ofOne(OnnxNodeContext at, Value score, UnaryOperator<Value> first) {
    ScorePostTransform ending =
        stated(
            at,
            List.of(ScorePostTransform.NONE, ScorePostTransform.LOGISTIC),
            "for one score of two classes programs pass over the others: NONE and LOGISTIC are"
                + " known");
    OnnxSteps steps = new OnnxSteps(at);
    return ending == ScorePostTransform.NONE
        ? steps.concat(1, first.apply(score), score)
        : of(at, ending, steps.concat(1, steps.times(score, -1), score));
  }

  /** Scores that are next to nothing stay so. */
  private Value sharesButZeros(Value scores) {
    Value most = at.emit(new ReduceMax(List.of(-1), true), scores);
    Value limit = at.scalar(scores.type().dtype(), NOTHING);
    Value some = at.emit(new Compare(Compare.Kind.GREATER), at.emit(new Abs(), scores), limit);
    Value powers = at.emit(new Exp(), steps.minus(scores, most));
    Value small = steps.times(scores, at.emit(new Exp(), steps.times(most, -1)));
    Value parts = at.emit(new Where(), some, powers, small);
    return steps.over(parts, at.emit(new ReduceSum(List.of(-1), true), parts));
  }

  /** As {@link ScorePostTransform#probit} says, in doubles. */
  private Value probit(Value scores) {
    Value turned = steps.plus(steps.times(steps.cast(scores, DType.FLOAT64), 2), -1);
    Value rest = steps.plus(steps.times(at.emit(new Square(), turned), -1), 1);
    Value log = at.emit(new Log(), rest);
    Value middle = steps.plus(steps.times(log, 0.5), ScorePostTransform.PROBIT_SHIFT);
    Value wide =
        steps.plus(
            at.emit(new Square(), middle), steps.times(log, -ScorePostTransform.PROBIT_RATE));
    Value root = at.emit(new Sqrt(), steps.minus(at.emit(new Sqrt(), wide), middle));
    Value signed = steps.times(at.emit(new Sign(), turned), root);
    return steps.cast(steps.times(signed, Math.sqrt(2)), scores.type().dtype());
  }
}
