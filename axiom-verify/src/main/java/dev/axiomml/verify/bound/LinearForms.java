package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearPanel;

/**
 * Coefficients of up to 64 linear forms in the elements of one value; changed only by the backward
 * walk that made them.
 *
 * @param a a column for each form
 * @param of the value
 */
record LinearForms(LinearPanel a, Value of) {
  /** Receives the coefficients of an element that some form reaches. */
  @FunctionalInterface
  interface Reached {
    void at(int element, double[] coefficients);
  }

  void each(Reached to) {
    for (int i = 0; i < a.size(); i++) {
      int element = i;
      a.reached(i).ifPresent(row -> to.at(element, row));
    }
  }
}
