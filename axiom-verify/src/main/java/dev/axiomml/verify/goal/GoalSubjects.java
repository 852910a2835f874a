package dev.axiomml.verify.goal;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.norm.LogSoftmax;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.property.Subject;
import dev.axiomml.verify.bound.GraphBounds;
import dev.axiomml.verify.bound.LaneBounds;
import dev.axiomml.verify.bound.PreparedGraph;
import dev.axiomml.verify.bound.RoundingModel;
import java.util.Optional;

/**
 * What a formula speaks of, in a graph.
 *
 * @param forms the graph, batch of one
 * @param rounding what executions are read as
 */
public record GoalSubjects(PreparedGraph forms, RoundingModel rounding) {
  /**
   * How much larger a logit must be for its softmax to be no smaller, whatever the execution.
   *
   * <p>{@code x − max} is rounded, which moves a difference by at most 2·104·2⁻²⁴ while it matters
   * (below −104 exp is smaller than any float32); two exponentials within 4 units each keep their
   * order when their arguments are 2⁻²⁰ apart; the quotient by one number keeps it too. Together
   * less than 2⁻¹⁶.
   */
  static final double GAP = 0x1p-16;

  Value value(Subject subject) {
    return subject == Subject.INPUT
        ? forms.graph().inputs().get(0)
        : forms.graph().outputs().get(0);
  }

  /** What the output's softmax over the last axis is given, where the output is one. */
  Optional<Value> logits() {
    Value output = value(Subject.OUTPUT);
    int last = output.type().shape().rank() - 1;
    return forms
        .graph()
        .producer(output)
        .filter(node -> axis(node.op()).filter(a -> a == last || a == -1).isPresent())
        .map(node -> node.in().get(0));
  }

  /** Whether the output is a softmax itself, not its logarithm. */
  boolean isDistribution() {
    return logits().isPresent()
        && forms.graph().producer(value(Subject.OUTPUT)).orElseThrow().op() instanceof Softmax;
  }

  private static Optional<Integer> axis(Op op) {
    if (op instanceof Softmax softmax) {
      return Optional.of(softmax.axis());
    }
    return op instanceof LogSoftmax log ? Optional.of(log.axis()) : Optional.empty();
  }

  /** Whether an expression is shown to be at least zero, or above it, by boxes. */
  public boolean holds(GoalAtom.Positive positive, LaneBounds bounds) {
    return new ExpressionRanges(this, bounds).holds(positive.expression(), positive.strict());
  }

  /**
   * How far the sum of a subject may be from one where it is one softmax row over finite inputs:
   * over the reals it is one; executed, sum and quotients round, less than {@code (n + 2)u}.
   */
  Optional<Double> distance(Subject of, LaneBounds bounds) {
    Value value = value(of);
    int width = value.type().shape().rank() == 0 ? 1 : value.type().shape().size(-1);
    boolean one =
        of == Subject.OUTPUT
            && isDistribution()
            && value.type().shape().count() == width
            && GraphBounds.finite(bounds.box(logits().orElseThrow()));
    return one ? Optional.of(rounding.rounds() ? (width + 2) * 0x1p-24 : 0.0) : Optional.empty();
  }

  double gap() {
    return rounding.rounds() ? GAP : 0;
  }
}
