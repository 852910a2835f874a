package dev.axiomml.verify.check;

import dev.axiomml.core.model.VerdictKind;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import java.util.Locale;

/**
 * A claim of a certificate and what the check found of it.
 *
 * @param standing how it stands after the check
 * @param theorem the claim
 * @param inputs the inputs that it speaks of, with their ends as numbers of the program, shown to
 *     be at least one; for an open claim only as it was asked
 * @param leaves the boxes on which it was shown; 0 unless it is proved
 */
public record CheckedClaim(Standing standing, Theorem<?> theorem, String inputs, long leaves) {
  /** How a claim stands. */
  public enum Standing {
    /** Established: every float32 execution keeps it on all of its inputs. */
    PROVED(VerdictKind.PROVED, "float32 execution, any summation order"),
    /** Established for real numbers; no statement about a float32 program. */
    PROVED_OVER_REALS(VerdictKind.REALS, "real arithmetic, rounding left out"),
    /** A run breaks it. */
    REFUTED(VerdictKind.REFUTED, "the reference run in float32 breaks it"),
    /** Only its maker says that samples held. */
    TESTED(VerdictKind.TESTED, "by its maker’s word, nothing is established"),
    /** Nobody knows. */
    UNKNOWN(VerdictKind.UNKNOWN, "nothing is established");

    private final VerdictKind kind;
    private final String meaning;

    Standing(VerdictKind kind, String meaning) {
      this.kind = kind;
      this.meaning = meaning;
    }

    /** The word that is printed. */
    public String word() {
      return kind.word();
    }

    /** The kind of verdict that it stands for, which says what it counts for. */
    public VerdictKind kind() {
      return kind;
    }

    /** What kind of statement stands. */
    public String meaning() {
      return meaning;
    }
  }

  /** Whether it is proved, about executions or over the reals. */
  public boolean isEstablished() {
    return standing == Standing.PROVED || standing == Standing.PROVED_OVER_REALS;
  }

  /** Whether nothing is known of it. */
  public boolean isOpen() {
    return standing == Standing.TESTED || standing == Standing.UNKNOWN;
  }

  /**
   * The claim in words, made from its region and formula; what samples alone are said to keep is
   * the formula, for nobody says it of all inputs.
   */
  public String text() {
    return standing == Standing.TESTED
        ? PropertyText.of(theorem.formula())
        : PropertyText.of(theorem);
  }

  /** Two lines: the claim, then the inputs, the kind of statement, and the boxes. */
  @Override
  public String toString() {
    String boxes = isEstablished() ? String.format(Locale.ROOT, "; %,d boxes", leaves) : "";
    return "%-8s %s%n         for %s; %s%s"
        .formatted(standing.word(), text(), inputs, standing.meaning(), boxes);
  }
}
