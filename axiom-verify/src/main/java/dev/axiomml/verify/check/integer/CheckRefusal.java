package dev.axiomml.verify.check.integer;

import dev.axiomml.core.error.Diagnosis;

/** The end of a check: a place that is not confirmed, or a limit. It never leaves the check. */
public final class CheckRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Diagnosis diagnosis;
  private final Kind kind;

  /** Why a check ended. */
  public enum Kind {
    /** Something is not as the certificate says. */
    WRONG,
    /** The bounds of the check are too wide for a leaf of a proof. */
    WIDE,
    /** A limit is reached. */
    UNFINISHED
  }

  private CheckRefusal(Diagnosis diagnosis, Kind kind) {
    super(diagnosis.what(), null, false, false);
    this.diagnosis = diagnosis;
    this.kind = kind;
  }

  /** Something is not as the certificate says. */
  public static CheckRefusal of(String what, String where) {
    return new CheckRefusal(
        new Diagnosis(
            what,
            where,
            "a claim stands only where the check confirms every step of its proof by itself",
            "prove it again: axiom verify MODEL --prove \"CLAIM\" --certificate C.json"),
        Kind.WRONG);
  }

  /** A box of a proof on which the bounds of the check do not show the claim. */
  public static CheckRefusal wide(String what) {
    return new CheckRefusal(of(what, "").diagnosis, Kind.WIDE);
  }

  /** A limit is reached. */
  static CheckRefusal unfinished(String what) {
    return new CheckRefusal(
        new Diagnosis(
            what,
            "",
            "a check has limits, so that no certificate keeps it busy for ever",
            "give it more: certificate.check(model, new CheckLimits(leaves, work, stop))"),
        Kind.UNFINISHED);
  }

  public CheckRefusal at(String place) {
    return new CheckRefusal(diagnosis.at(place), kind);
  }

  public Diagnosis diagnosis() {
    return diagnosis;
  }

  public Kind kind() {
    return kind;
  }
}
