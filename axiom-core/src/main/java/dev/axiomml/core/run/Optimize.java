package dev.axiomml.core.run;

/** How far a backend may go from the written order of arithmetic; proofs hold for the first two. */
public enum Optimize {
  /** Any summation order, with or without fused multiply-add; no fusion across operators. */
  STRICT,
  /** As strict, and neighbours fused without another rounding rule. The default. */
  STANDARD,
  /**
   * Algorithms with other rounding, such as Winograd's, are allowed: outside of what a proof says.
   * {@link Plan#departures} names the layers, each with a bound of its own.
   */
  AGGRESSIVE
}
