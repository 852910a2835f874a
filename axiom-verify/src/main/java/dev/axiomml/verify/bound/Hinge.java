package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Node;

/**
 * One element of a function of two straight pieces that bends upward at zero, where it is zero,
 * over an interval around zero: {@code Relu}, {@code LeakyRelu}, {@code Abs}.
 *
 * @param at the function
 * @param element row-major
 * @param range the interval of its argument
 * @param below the slope of the piece below zero
 * @param above the slope of the piece above zero
 * @param lines the line above it, and how far executions and our own sums may be off
 */
public record Hinge(Node at, int element, Range range, double below, double above, Lines lines) {
  /** An interval around zero. */
  public record Range(double lo, double hi) {}

  /**
   * Lines around an execution.
   *
   * @param slope of the line above
   * @param high where that line crosses zero
   * @param margin how far an execution and one backward step of ours may leave an exact line
   * @param loss what our own sums may lose for each unit of a coefficient of the argument
   */
  public record Lines(double slope, double high, double margin, double loss) {}
}
