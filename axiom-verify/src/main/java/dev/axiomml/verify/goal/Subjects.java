package dev.axiomml.verify.goal;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.LogSoftmax;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Softmax;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Subject;
import dev.axiomml.verify.bound.Bounds;
import dev.axiomml.verify.bound.Forms;
import dev.axiomml.verify.bound.Rounding;
import java.util.Optional;

/**
 * What a formula speaks of, in a graph.
 *
 * @param forms the graph, batch of one
 * @param rounding what executions are read as
 */
public record Subjects(Forms forms, Rounding rounding) {
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
        .producer(output)
        .filter(node -> axis(node.op()).filter(a -> a == last || a == -1).isPresent())
        .map(node -> node.in().get(0));
  }

  /** Whether the output is a softmax itself, not its logarithm. */
  boolean isDistribution() {
    return logits().isPresent()
        && forms.producer(value(Subject.OUTPUT)).orElseThrow().op() instanceof Softmax;
  }

  private static Optional<Integer> axis(Op op) {
    if (op instanceof Softmax softmax) {
      return Optional.of(softmax.axis());
    }
    return op instanceof LogSoftmax log ? Optional.of(log.axis()) : Optional.empty();
  }

  /** Whether a comparison is shown by the boxes of what it compares. */
  public boolean holds(Formula.Compare c, Bounds bounds) {
    double[] left = Terms.range(c.left(), bounds, this::value);
    double[] right = Terms.range(c.right(), bounds, this::value);
    for (double end : new double[] {left[0], left[1], right[0], right[1]}) {
      if (!(Math.abs(end) <= Double.MAX_VALUE)) {
        return false;
      }
    }
    return switch (c.relation()) {
      case GE -> left[0] >= right[1];
      case GT -> left[0] > right[1];
      case LE -> left[1] <= right[0];
      case LT -> left[1] < right[0];
      case EQ, NEAR -> left[0] == left[1] && right[0] == right[1] && left[0] == right[0];
    };
  }

  double gap() {
    return rounding.rounds() ? GAP : 0;
  }
}
