package dev.axiomml.verify.check;

import dev.axiomml.core.error.Diagnosis;

/** The end of a check: a place that is not confirmed, or a limit. It never leaves this package. */
final class CheckRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Diagnosis diagnosis;
  private final boolean unfinished;

  private CheckRefusal(Diagnosis diagnosis, boolean unfinished) {
    super(diagnosis.what(), null, false, false);
    this.diagnosis = diagnosis;
    this.unfinished = unfinished;
  }

  /** Something is not as the certificate says. */
  static CheckRefusal of(String what, String where) {
    return new CheckRefusal(
        new Diagnosis(
            what,
            where,
            "a claim stands only where the check confirms every step of its proof by itself",
            "prove it again: axiom verify MODEL --prove \"CLAIM\" --certificate C.json"),
        false);
  }

  /** A limit is reached. */
  static CheckRefusal unfinished(String what) {
    return new CheckRefusal(
        new Diagnosis(
            what,
            "",
            "a check has limits, so that no certificate keeps it busy for ever",
            "give it more: certificate.check(model, new CheckLimits(leaves, work, stop))"),
        true);
  }

  CheckRefusal at(String place) {
    return new CheckRefusal(diagnosis.at(place), unfinished);
  }

  Diagnosis diagnosis() {
    return diagnosis;
  }

  boolean isUnfinished() {
    return unfinished;
  }
}
