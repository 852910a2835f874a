package dev.axiomml.verify;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.verify.cert.Claim;
import java.util.Optional;

/** A model with a budget and perhaps data, to be asked one claim after another. */
final class Asked {
  private final Model<?> model;
  private final Budget budget;
  private final Optional<DataLoader> data;
  private final Prepared.Readiness readiness;

  Asked(Model<?> model, Budget budget, Optional<DataLoader> data) {
    this.model = model;
    this.budget = budget;
    this.data = data;
    this.readiness = Prepared.of(model);
  }

  /** By proof or counterexample. */
  Claim theorem(Theorem<?> theorem) {
    if (theorem.formula().mentions(Subject.SOFTMAX)) {
      return SoftmaxTheorems.of(theorem);
    }
    requireMeaning(theorem.formula());
    if (theorem.formula().isOfPairs()) {
      return unknown(theorem, "a bound on how outputs move is tested on data, not proved yet");
    }
    if (readiness instanceof Prepared.Readiness.Ready ready) {
      return new Question(ready.prepared(), budget).answer(theorem);
    }
    return unknown(theorem, ((Prepared.Readiness.Obstacle) readiness).reason());
  }

  private void requireMeaning(Formula formula) {
    if (!model.understands(formula)) {
      throw new PropertyException(
          new Diagnosis(
              PropertyText.of(formula) + " does not fit " + model,
              "model " + model.name(),
              "indices are below the sizes of the output, and subjects are x and output",
              "look at model.summary() for the output's shape"));
    }
  }

  private static Claim unknown(Theorem<?> theorem, String reason) {
    return new Claim(theorem, new Verdict.Unknown(reason), Optional.empty(), 0, 0);
  }

  /** By proof on the declared domain, else on the data. */
  Claim property(Property<?> property) {
    long start = System.nanoTime();
    Theorem<?> theorem = property.everywhere();
    if (isPair(property.formula())) {
      return timed(theorem, lipschitz(property.formula()), start);
    }
    Claim proof = attempt(theorem);
    if (data.isEmpty() || proof.verdict() instanceof Verdict.Refuted) {
      return proof;
    }
    Verdict tested = SampleTests.of(property.formula(), Prepared.bare(model), data.orElseThrow());
    if (proof.verdict() instanceof Verdict.Proved && tested instanceof Verdict.Tested samples) {
      return new Claim(theorem, proof.verdict(), proof.proof(), samples.samples(), seconds(start));
    }
    return timed(theorem, tested, start);
  }

  /** Where a domain is declared a search, else a glance: nobody claimed the rest of all inputs. */
  private Claim attempt(Theorem<?> theorem) {
    boolean declared =
        model.signature().inputs().stream().allMatch(port -> port.domain().isPresent());
    boolean glance =
        !declared
            && readiness instanceof Prepared.Readiness.Ready
            && !theorem.formula().mentions(Subject.SOFTMAX);
    if (!glance) {
      return theorem(theorem);
    }
    requireMeaning(theorem.formula());
    Prepared prepared = ((Prepared.Readiness.Ready) readiness).prepared();
    Claim claim = new Question(prepared, budget).glance(theorem);
    return claim.verdict() instanceof Verdict.Unknown unknown
        ? unknown(
            theorem,
            "no input domain is declared and it does not hold for all finite inputs by bounds ("
                + unknown.reason()
                + "); declare the domain, or pass data to test it on")
        : claim;
  }

  private static boolean isPair(Formula formula) {
    return formula instanceof Formula.LocalLipschitz || formula instanceof Formula.Lipschitz;
  }

  private Verdict lipschitz(Formula claim) {
    if (data.isEmpty()) {
      return new Verdict.Unknown("it is tested around samples: pass data");
    }
    if (readiness instanceof Prepared.Readiness.Ready ready) {
      return new LipschitzTests(ready.prepared(), claim, budget.seed())
          .on(data.orElseThrow(), budget.stop());
    }
    return new Verdict.Unknown(((Prepared.Readiness.Obstacle) readiness).reason());
  }

  private static Claim timed(Theorem<?> theorem, Verdict verdict, long start) {
    long samples = verdict instanceof Verdict.Tested tested ? tested.samples() : 0;
    return new Claim(theorem, verdict, Optional.empty(), samples, seconds(start));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
