package dev.axiomml.cli.bench;

import dev.axiomml.cli.command.NumericDifference;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A peer in one case.
 *
 * @param name its name
 * @param note its version, or the reason why it is absent
 * @param timed its figures; none where it is absent
 */
record PeerFigures(String name, String note, Optional<Timed> timed) {
  /** The largest difference between outputs, as a share of the largest number, that is rounding. */
  private static final double ROUNDING = 1e-3;

  /**
   * Figures of a peer that ran.
   *
   * @param millis its milliseconds a prediction
   * @param ratio its time over ours in the same round; above 1, ours is faster
   * @param difference the largest between its outputs and ours, as a share of the largest number
   */
  record Timed(Spread millis, Spread ratio, double difference) {}

  static PeerFigures absent(String name, String reason) {
    return new PeerFigures(name, reason, Optional.empty());
  }

  /** Whether its answers are another network's. */
  boolean isDifferent() {
    return timed.filter(t -> !(t.difference() <= ROUNDING)).isPresent();
  }

  /** The largest difference as a share of the largest number; infinite where shapes differ. */
  static double difference(List<Tensor> ours, List<Tensor> theirs) {
    double most = ours.size() == theirs.size() ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
      most = Math.max(most, difference(ours.get(i), theirs.get(i)));
    }
    return most;
  }

  private static double difference(Tensor ours, Tensor theirs) {
    if (!ours.shape().equals(theirs.shape())) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int i = 0; i < theirs.size(); i++) {
      largest = Math.max(largest, Math.abs(theirs.doubleAt(i)));
    }
    NumericDifference.Tolerance any = new NumericDifference.Tolerance(1, 1);
    double off = NumericDifference.of(ours, theirs, any).absolute();
    return off == 0 ? 0 : off / largest;
  }

  @Override
  public String toString() {
    return timed
        .map(
            t ->
                String.format(
                    Locale.ROOT,
                    "  %-9s %s ms, %s ×, outputs differ by %.1e%s; version %s",
                    name,
                    t.millis(),
                    t.ratio(),
                    t.difference(),
                    isDifferent() ? ": ANOTHER ANSWER" : "",
                    note))
        .orElseGet(() -> String.format("  %-9s absent: %s", name, note));
  }
}
