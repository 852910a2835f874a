package dev.axiomml.core.op;

/**
 * An interval for each element of a tensor.
 *
 * <p>The arrays are the box's own and are not copied: whoever makes a box gives them away. A bound
 * that is NaN means nothing is known; {@link #sane} turns it into an infinite one.
 *
 * @param lo lower ends, row-major
 * @param hi upper ends, row-major
 */
public record Box(double[] lo, double[] hi) {
  /** Checks that both have the same length. */
  public Box {
    if (lo.length != hi.length) {
      throw new IllegalArgumentException(lo.length + " lower and " + hi.length + " upper ends");
    }
  }

  /** The number of elements. */
  public int size() {
    return lo.length;
  }

  /** Whether every end is a finite number. */
  public boolean isFinite() {
    for (int i = 0; i < lo.length; i++) {
      if (!(lo[i] > Double.NEGATIVE_INFINITY && hi[i] < Double.POSITIVE_INFINITY)) {
        return false;
      }
    }
    return true;
  }

  /** This box with every NaN end made infinite; changes and answers the same arrays. */
  public Box sane() {
    for (int i = 0; i < lo.length; i++) {
      if (Double.isNaN(lo[i]) || Double.isNaN(hi[i])) {
        lo[i] = Double.NEGATIVE_INFINITY;
        hi[i] = Double.POSITIVE_INFINITY;
      }
    }
    return this;
  }
}
