package dev.axiomml.cli.bench;

import java.util.List;
import java.util.Locale;

/** The median of rounds, with the smallest and the largest. */
record Spread(double median, double low, double high) {
  static Spread of(List<Double> rounds) {
    double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
  }

  /** {@code 0.0123 (0.0119 to 0.0140)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.4g (%.4g to %.4g)", median, low, high);
  }
}
