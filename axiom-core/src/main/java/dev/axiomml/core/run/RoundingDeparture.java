package dev.axiomml.core.run;

import java.util.Locale;

/**
 * A layer that a plan computes by an algorithm whose rounding proofs do not allow for, and how far
 * it may be off instead: before bias and activation, which are rounded as ever, each output differs
 * from the exact one by at most {@code perUnit} times the largest magnitude among the layer's
 * inputs. Underflow is left aside, and so are inputs so large that a transformed number overflows:
 * where the exact sum is finite, such an output may be NaN or infinite.
 *
 * @param node the layer
 * @param algorithm for a person
 * @param perUnit positive, finite, and rounded up; NaN or infinite where a weight is
 */
public record RoundingDeparture(String node, String algorithm, double perUnit) {
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s: %s, off by at most %.2g × its largest input", node, algorithm, perUnit);
  }
}
