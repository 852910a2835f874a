package dev.axiomml.verify.check.integer;

import dev.axiomml.core.error.Diagnosis;
import java.util.List;

/** The end of a check: a place that is not confirmed, or a limit. It never leaves the check. */
public final class CheckRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Diagnosis diagnosis;
  private final Kind kind;
  private final transient List<Long> leaves;

  /** Why a check ended. */
  public enum Kind {
    /** Something is not as the certificate says. */
    WRONG,
    /** The bounds of the check are too wide for a leaf of a proof. */
    WIDE,
    /** A limit is reached. */
    UNFINISHED
  }

  private CheckRefusal(Diagnosis diagnosis, Kind kind, List<Long> leaves) {
    super(diagnosis.what(), null, false, false);
    this.diagnosis = diagnosis;
    this.kind = kind;
    this.leaves = leaves;
  }

  private CheckRefusal(Diagnosis diagnosis, Kind kind) {
    this(diagnosis, kind, List.of());
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

  /**
   * Boxes of a proof on which the bounds of the check do not show the claim.
   *
   * @param leaves their places among the proof's leaves, from 1
   */
  public static CheckRefusal wide(String what, List<Long> leaves) {
    return new CheckRefusal(of(what, "").diagnosis, Kind.WIDE, List.copyOf(leaves));
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
    return new CheckRefusal(diagnosis.at(place), kind, leaves);
  }

  /** Places of leaves, where bounds are too wide. */
  public List<Long> leaves() {
    return leaves;
  }

  public Diagnosis diagnosis() {
    return diagnosis;
  }

  public Kind kind() {
    return kind;
  }
}
