package dev.axiomml.verify.goal;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.statement.ExactExpression;

/** One thing that can be shown of values. */
public sealed interface GoalAtom {
  /** A linear form is at least zero, or above it. */
  record Row(LinearGoal form, boolean strict) implements GoalAtom {}

  /** Every element of a value is finite. */
  record Finite(Value value) implements GoalAtom {}

  /**
   * A softmax over its last axis is a distribution: finite inputs give outputs in [0, 1], and each
   * row sums to one within {@code (2n + 3)u}, for numerators and denominator hold the same
   * exponentials.
   *
   * @param logits what the softmax is given
   */
  record Distribution(Value logits) implements GoalAtom {}

  /** An expression is at least zero, or above it, by intervals of its parts. */
  record Positive(ExactExpression expression, boolean strict) implements GoalAtom {}

  /** Something that no rule shows. */
  record Beyond(String reason) implements GoalAtom {}
}
