package dev.axiomml.verify.bound;

/**
 * Coefficients of many linear forms in the elements of one value; changed only by the backward walk
 * that made them.
 *
 * @param a one row a form, one column an element
 * @param reach the largest magnitude that each element can have, for the value's own box
 */
record LinearForms(double[][] a, double[] reach) {
  static LinearForms zeros(int rows, double[] reach) {
    return new LinearForms(new double[rows][reach.length], reach);
  }
}
