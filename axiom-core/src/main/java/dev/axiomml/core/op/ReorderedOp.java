package dev.axiomml.core.op;

import java.util.Optional;

/**
 * An operator rewritten for axes in another order.
 *
 * @param op what to run on the stored values
 * @param order stored axis {@code i} of every output is axis {@code order[i]} of the original
 *     output
 * @param weighted whether the operands after the first are weights, which stay as they are
 */
public record ReorderedOp(Op op, int[] order, boolean weighted) {
  /** Copies the order. */
  public ReorderedOp {
    order = order.clone();
  }

  /** One whose operands all have their axes in the other order. */
  public ReorderedOp(Op op, int[] order) {
    this(op, order, false);
  }

  /** One whose weights keep the last axes of the first operand, which stay last. */
  public static Optional<ReorderedOp> keepingLast(Op op, int[] order, int last) {
    return AxisOrderSettings.keepsLast(order, last)
        ? Optional.of(new ReorderedOp(op, order, true))
        : Optional.empty();
  }

  @Override
  public int[] order() {
    return order.clone();
  }
}
