package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Node;

/**
 * Lines that a backward walk takes at functions instead of its own. The receiver answers for their
 * soundness, our own rounding included, and may keep what it sees. Called in hot loops.
 */
@FunctionalInterface
public interface FunctionLines {
  /**
   * Takes the coefficients of one element of a function's result back to its argument.
   *
   * @param at the function
   * @param row a coefficient for each column, to be changed
   * @param sum a number for each column that the lines add to
   * @return whether it did; where not, the walk takes its own lines
   */
  boolean pull(Node at, int element, double[] row, double[] sum);
}
