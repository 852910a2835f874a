package dev.axiomml.verify.bound;

import dev.axiomml.core.op.Box;

/**
 * A plane {@code first·x + second·y + constant} on one side of the product {@code x·y} over a
 * rectangle; McCormick 1976, of two planes the one that is closer at the middle.
 */
record McCormickPlane(double first, double second, double constant) {
  static McCormickPlane below(Box a, int i, Box b, int j) {
    McCormickPlane low = touching(a.lo()[i], b.lo()[j]);
    McCormickPlane high = touching(a.hi()[i], b.hi()[j]);
    return low.middle(a, i, b, j) >= high.middle(a, i, b, j) ? low : high;
  }

  static McCormickPlane above(Box a, int i, Box b, int j) {
    McCormickPlane left = touching(a.lo()[i], b.hi()[j]);
    McCormickPlane right = touching(a.hi()[i], b.lo()[j]);
    return left.middle(a, i, b, j) <= right.middle(a, i, b, j) ? left : right;
  }

  /** The plane through the two edges that meet at a corner. */
  private static McCormickPlane touching(double x, double y) {
    return new McCormickPlane(y, x, -x * y);
  }

  private double middle(Box a, int i, Box b, int j) {
    return first * (a.lo()[i] + a.hi()[i]) / 2 + second * (b.lo()[j] + b.hi()[j]) / 2 + constant;
  }
}
