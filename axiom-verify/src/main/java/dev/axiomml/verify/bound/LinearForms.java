package dev.axiomml.verify.bound;

import dev.axiomml.core.linear.LinearPanel;

/**
 * Coefficients of up to 64 linear forms in the elements of one value; changed only by the backward
 * walk that made them.
 *
 * @param a a column for each form
 * @param reach the largest magnitude that each element can have, for the value's own box
 */
record LinearForms(LinearPanel a, double[] reach) {
  static LinearForms zeros(int forms, double[] reach) {
    return new LinearForms(new LinearPanel(reach.length, forms), reach);
  }

  /** Receives the coefficients of an element that some form reaches. */
  @FunctionalInterface
  interface Reached {
    void at(int element, double[] coefficients);
  }

  void each(Reached to) {
    for (int i = 0; i < reach.length; i++) {
      int element = i;
      a.reached(i).ifPresent(row -> to.at(element, row));
    }
  }
}
