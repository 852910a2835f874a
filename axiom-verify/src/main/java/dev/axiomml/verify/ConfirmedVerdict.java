package dev.axiomml.verify;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.check.CheckLimits;
import dev.axiomml.verify.check.CheckResult;
import dev.axiomml.verify.check.Checker;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The one place where a claim becomes proved or refuted: after the independent checker agreed,
 * within the same time. Whoever finds something hands in a {@link Finding}, which is no verdict.
 */
final class ConfirmedVerdict {
  /** What a search has found, not yet believed. */
  sealed interface Finding {}

  /**
   * A proof.
   *
   * @param again what is found instead where the checker does not confirm some leaves, by their
   *     places from 1; empty where the search ends here
   */
  record Shown(String method, Proof proof, Optional<Function<List<Long>, Finding>> again)
      implements Finding {}

  /**
   * A counterexample.
   *
   * @param denial over the reals a run in float32 may fail by rounding alone: what has to be proved
   *     of the counterexample then
   */
  record Broken(Verdict.Refuted refuted, Optional<Claim> denial) implements Finding {}

  /** Neither. */
  record Open(String reason) implements Finding {}

  private final BiFunction<Claim, CheckLimits, CheckResult> check;
  private final BudgetClock clock;

  private ConfirmedVerdict(BiFunction<Claim, CheckLimits, CheckResult> check, BudgetClock clock) {
    this.check = check;
    this.clock = clock;
  }

  /** By a checker of a model. */
  static ConfirmedVerdict by(Checker checker, BudgetClock clock) {
    return new ConfirmedVerdict((claim, limits) -> checker.check(List.of(claim), limits), clock);
  }

  /** Of claims about softmax of a free vector, which need no model. */
  static ConfirmedVerdict free(BudgetClock clock) {
    return new ConfirmedVerdict((claim, limits) -> Checker.free(claim), clock);
  }

  /** The answer of one who has not asked the checker. */
  static Finding unconfirmed(Claim claim) {
    if (claim.verdict() instanceof Verdict.Refuted refuted) {
      return new Broken(refuted, Optional.empty());
    }
    if (claim.verdict() instanceof Verdict.ProvedOverReals proved) {
      return new Shown(proved.method(), claim.proof().orElseThrow(), Optional.empty());
    }
    return claim.verdict() instanceof Verdict.Unknown unknown
        ? new Open(unknown.reason())
        : new Open("nothing stands behind " + claim.verdict().word());
  }

  /** The claim with its verdict. */
  Claim claim(Theorem<?> theorem, Finding finding) {
    if (finding instanceof Open open) {
      return unknown(theorem, open.reason());
    }
    if (finding instanceof Broken broken && !broken.denial().map(this::stands).orElse(true)) {
      return unknown(
          theorem,
          "the float32 program breaks it, but by so little that it may hold over the reals");
    }
    Claim claim =
        finding instanceof Shown shown
            ? proved(theorem, shown)
            : refuted(theorem, (Broken) finding);
    CheckResult result = check.apply(claim, CheckLimits.DEFAULT.until(clock));
    boolean agrees =
        finding instanceof Shown ? result.established().size() == 1 : result.refuted().size() == 1;
    if (agrees) {
      return new Claim(theorem, claim.verdict(), claim.proof(), 0, clock.seconds());
    }
    if (finding instanceof Shown shown && shown.again().isPresent() && !result.wide().isEmpty()) {
      return claim(theorem, shown.again().get().apply(result.wide()));
    }
    return unknown(
        theorem, unconfirmed(finding instanceof Shown ? "proof" : "counterexample", result));
  }

  /** Why something that was found is no verdict. */
  private static String unconfirmed(String what, CheckResult result) {
    String found = result.fault().map(Diagnosis::what).orElse(result.outcome().word());
    if (result.outcome() == CheckResult.Outcome.UNFINISHED) {
      return "the search ended with a " + what + ", but its check did not end: " + found;
    }
    if (!result.wide().isEmpty()) {
      return "a proof was found, but the independent checker could not confirm it: "
          + found
          + ", its bounds there are wider; ask about a smaller region, about parts of this one"
          + " apart, or for a slightly weaker claim";
    }
    return "the independent check does not confirm the "
        + what
        + " that the search found: "
        + found
        + "; please report this as a bug, with the model and the claim";
  }

  private boolean stands(Claim denial) {
    return check.apply(denial, CheckLimits.DEFAULT.until(clock)).established().size() == 1;
  }

  private static Claim proved(Theorem<?> theorem, Shown shown) {
    Verdict verdict =
        shown.proof().semantics() == ProofSemantics.FLOAT32
            ? new Verdict.Proved(shown.method())
            : new Verdict.ProvedOverReals(shown.method());
    return new Claim(theorem, verdict, Optional.of(shown.proof()), 0, 0);
  }

  private static Claim refuted(Theorem<?> theorem, Broken broken) {
    return new Claim(theorem, broken.refuted(), Optional.empty(), 0, 0);
  }

  private Claim unknown(Theorem<?> theorem, String reason) {
    return new Claim(theorem, new Verdict.Unknown(reason), Optional.empty(), 0, clock.seconds());
  }
}
