package dev.axiomml.verify.bound;

import dev.axiomml.core.op.Box;

/**
 * A plane {@code first·x + second·y + constant} on one side of the product {@code x·y} over a
 * rectangle, McCormick 1976.
 *
 * <p>The two planes of a side meet over the middle of the rectangle; taken is the one that varies
 * less over it, of two that vary much the same the one at the lower end of x. The checker takes the
 * same.
 */
record McCormickPlane(double first, double second, double constant) {
  /** The share of its variation by which the other plane has to vary less. */
  private static final double LEAD = 0x1p-10;

  static McCormickPlane below(Box a, int i, Box b, int j) {
    McCormickPlane low = touching(a.lo()[i], b.lo()[j]);
    McCormickPlane high = touching(a.hi()[i], b.hi()[j]);
    return flatter(low, high, a.hi()[i] - a.lo()[i], b.hi()[j] - b.lo()[j]);
  }

  static McCormickPlane above(Box a, int i, Box b, int j) {
    McCormickPlane left = touching(a.lo()[i], b.hi()[j]);
    McCormickPlane right = touching(a.hi()[i], b.lo()[j]);
    return flatter(left, right, a.hi()[i] - a.lo()[i], b.hi()[j] - b.lo()[j]);
  }

  /** The plane through the two edges that meet at a corner. */
  private static McCormickPlane touching(double x, double y) {
    return new McCormickPlane(y, x, -x * y);
  }

  private static McCormickPlane flatter(
      McCormickPlane plane, McCormickPlane other, double width, double height) {
    boolean flatter = other.variation(width, height) < plane.variation(width, height) * (1 - LEAD);
    return flatter ? other : plane;
  }

  private double variation(double width, double height) {
    return Math.abs(first) * width + Math.abs(second) * height;
  }
}
