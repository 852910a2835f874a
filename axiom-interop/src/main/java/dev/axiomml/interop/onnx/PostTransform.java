package dev.axiomml.interop.onnx;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Abs;
import dev.axiomml.core.op.Compare;
import dev.axiomml.core.op.Exp;
import dev.axiomml.core.op.Log;
import dev.axiomml.core.op.ReduceMax;
import dev.axiomml.core.op.ReduceSum;
import dev.axiomml.core.op.Sigmoid;
import dev.axiomml.core.op.Sign;
import dev.axiomml.core.op.Softmax;
import dev.axiomml.core.op.Sqrt;
import dev.axiomml.core.op.Square;
import dev.axiomml.core.op.Where;
import dev.axiomml.core.tensor.DType;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The last function of rows of scores, put together from core operators. */
final class PostTransform {
  private static final double NOTHING = 1e-7;

  private final Site at;
  private final Steps steps;

  private PostTransform(Site at) {
    this.at = at;
    this.steps = new Steps(at);
  }

  /** What a node states; none where it states nothing. */
  static Ending stated(Site at) {
    String name = at.attributes().text("post_transform", Ending.NONE.name());
    return Ending.named(name)
        .orElseThrow(
            () ->
                at.refuse(
                    "post_transform " + name, Arrays.toString(Ending.values()) + " are known"));
  }

  /**
   * What a node states, if it is among some.
   *
   * @param why what speaks against the others
   */
  static Ending stated(Site at, List<Ending> known, String why) {
    Ending ending = stated(at);
    if (!known.contains(ending)) {
      throw at.refuse("post_transform " + ending, why);
    }
    return ending;
  }

  /** Of scores (rows, classes or targets). */
  static Value of(Site at, Ending ending, Value scores) {
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
  static Value ofOne(Site at, Value score, UnaryOperator<Value> first) {
    Ending ending =
        stated(
            at,
            List.of(Ending.NONE, Ending.LOGISTIC),
            "for one score of two classes programs pass over the others: NONE and LOGISTIC are"
                + " known");
    Steps steps = new Steps(at);
    return ending == Ending.NONE
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

  /** As {@link Ending#probit} says, in doubles. */
  private Value probit(Value scores) {
    Value turned = steps.plus(steps.times(steps.cast(scores, DType.FLOAT64), 2), -1);
    Value rest = steps.plus(steps.times(at.emit(new Square(), turned), -1), 1);
    Value log = at.emit(new Log(), rest);
    Value middle = steps.plus(steps.times(log, 0.5), Ending.PROBIT_SHIFT);
    Value wide = steps.plus(at.emit(new Square(), middle), steps.times(log, -Ending.PROBIT_RATE));
    Value root = at.emit(new Sqrt(), steps.minus(at.emit(new Sqrt(), wide), middle));
    Value signed = steps.times(at.emit(new Sign(), turned), root);
    return steps.cast(steps.times(signed, Math.sqrt(2)), scores.type().dtype());
  }
}
