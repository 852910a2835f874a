package dev.axiomml.verify.check;

import dev.axiomml.verify.check.integer.WorkMeter;
import java.util.function.BooleanSupplier;

/**
 * How much a check may spend before it gives up, so that no file keeps it busy for ever.
 *
 * @param leaves boxes that are looked at, over all claims
 * @param work products of bounds, over all claims; about 10⁸ take a second
 * @param stop whether the time is over; asked often
 */
public record CheckLimits(long leaves, long work, BooleanSupplier stop) {
  /** More than the search's own limit of two million boxes, and some hours of work. */
  public static final CheckLimits DEFAULT = new CheckLimits(1L << 22, 1L << 40, () -> false);

  /** What a check pays by. */
  WorkMeter meter() {
    return new WorkMeter(leaves, work, stop);
  }

  /** The same, ended early when asked. */
  public CheckLimits until(BooleanSupplier signal) {
    return new CheckLimits(leaves, work, signal);
  }
}
