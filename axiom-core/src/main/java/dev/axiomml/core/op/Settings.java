package dev.axiomml.core.op;

/** Checks of operator settings. */
final class Settings {
  private Settings() {}

  /** Refuses NaN and infinities. */
  static void finite(String name, double value) {
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be finite, got " + value);
    }
  }

  /** Refuses NaN, infinities, zero and negative numbers. */
  static void positive(String name, double value) {
    if (!(value > 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be positive and finite, got " + value);
    }
  }
}
