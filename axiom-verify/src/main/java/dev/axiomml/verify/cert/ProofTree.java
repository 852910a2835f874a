package dev.axiomml.verify.cert;

/**
 * How a region is cut into boxes, and how the formula is shown on each.
 *
 * <p>Both sides of a cut include the cut itself, so together they cover the region.
 */
public sealed interface ProofTree {
  /**
   * One coordinate cut in two.
   *
   * @param input which input of the model, counting from 0
   * @param element row-major position in that input, the batch axis of size one
   * @param at finite, inside the box's interval
   * @param low the proof where the coordinate is at most {@code at}
   * @param high the proof where it is at least {@code at}
   */
  record Split(int input, int element, float at, ProofTree low, ProofTree high)
      implements ProofTree {}

  /** The formula is shown on the whole box. */
  record Leaf(ProofMethod method) implements ProofTree {}

  /** The number of leaves. */
  default long leaves() {
    java.util.ArrayDeque<ProofTree> open = new java.util.ArrayDeque<>(java.util.List.of(this));
    long leaves = 0;
    while (!open.isEmpty()) {
      if (open.pop() instanceof Split split) {
        open.push(split.high());
        open.push(split.low());
      } else {
        leaves++;
      }
    }
    return leaves;
  }
}
