package dev.axiomml.core.model;

/**
 * The kinds of verdict and what each counts for: the one table that the command, reports,
 * assertions, pages, JSON and exit codes read.
 */
public enum VerdictKind {
  /** It holds for every float32 input of its domain; passes whatever is required. */
  PROVED("PROVED", "proved", true),
  /** It holds over the real numbers only; passes unless a proof about float32 is required. */
  REALS("PROVED over the reals", "reals", true),
  /** It held on samples; passes where tests are enough. */
  TESTED("TESTED", "tested", true),
  /** It is false; nothing passes beside it. */
  REFUTED("REFUTED", "refuted", false),
  /** It is not decided, which is never a pass. */
  UNKNOWN("UNKNOWN", "unknown", false);

  private final String word;
  private final String label;
  private final boolean positive;

  VerdictKind(String word, String label, boolean positive) {
    this.word = word;
    this.label = label;
    this.positive = positive;
  }

  /** The kind of a verdict. */
  public static VerdictKind of(Verdict verdict) {
    if (verdict instanceof Verdict.Proved) {
      return PROVED;
    }
    if (verdict instanceof Verdict.ProvedOverReals) {
      return REALS;
    }
    if (verdict instanceof Verdict.Tested) {
      return TESTED;
    }
    return verdict instanceof Verdict.Refuted ? REFUTED : UNKNOWN;
  }

  /** The word that people read: {@code PROVED over the reals}. */
  public String word() {
    return word;
  }

  /** One lower-case word for style sheets and programs: {@code reals}. */
  public String label() {
    return label;
  }

  /** Whether a claim with this verdict passes where so much is required. */
  public boolean passes(RequiredEvidence required) {
    return positive && ordinal() <= required.weakest().ordinal();
  }
}
