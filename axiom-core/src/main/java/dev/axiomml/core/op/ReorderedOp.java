package dev.axiomml.core.op;

/**
 * An operator rewritten for axes in another order.
 *
 * @param op what to run on the stored values
 * @param order stored axis {@code i} of every output is axis {@code order[i]} of the original
 *     output
 */
public record ReorderedOp(Op op, int[] order) {
  /** Copies the order. */
  public ReorderedOp {
    order = order.clone();
  }

  @Override
  public int[] order() {
    return order.clone();
  }
}
