package dev.axiomml.verify.cert;

import dev.axiomml.core.exact.Dyadic;

/**
 * How much of an element's interval a clip cuts off, in 256ths of its width. What is left ends at
 * float32 numbers, rounded outward, so that everybody comes to the same ones.
 *
 * @param input which input
 * @param element its element
 * @param below cut off at the lower end, 0 to 255
 * @param above cut off at the upper end, 0 to 255
 */
public record ClippedInterval(int input, int element, int below, int above) {
  /** What the width is divided into, a power of two. */
  public static final int PARTS = 256;

  private static final int BITS = 8;

  /** The lower end that is left of an interval. */
  public Dyadic low(Dyadic lo, Dyadic hi) {
    return low(lo, hi, below);
  }

  /** The upper end that is left. */
  public Dyadic high(Dyadic lo, Dyadic hi) {
    return low(hi.negate(), lo.negate(), above).negate();
  }

  private static Dyadic low(Dyadic lo, Dyadic hi, int parts) {
    Dyadic exact = lo.plus(hi.minus(lo).times(parts).shifted(-BITS));
    float near = (float) exact.floorDouble();
    float low = near > exact.floorDouble() ? Math.nextDown(near) : near;
    return parts == 0 || !(Math.abs(low) <= Float.MAX_VALUE) ? lo : lo.max(Dyadic.of(low));
  }
}
