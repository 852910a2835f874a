package dev.axiomml.core.model;

import java.util.Locale;

/** How much must stand behind a claim before it passes. */
public enum RequiredEvidence {
  /** A proof about every float32 execution. */
  PROVED(VerdictKind.PROVED),
  /** That, or a proof over the real numbers. */
  REALS(VerdictKind.REALS),
  /** Those, or samples on which it held. */
  TESTED(VerdictKind.TESTED);

  private final VerdictKind weakest;

  RequiredEvidence(VerdictKind weakest) {
    this.weakest = weakest;
  }

  /** The weakest kind of verdict that passes. */
  public VerdictKind weakest() {
    return weakest;
  }

  /** {@code proved}, {@code reals} or {@code tested}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
