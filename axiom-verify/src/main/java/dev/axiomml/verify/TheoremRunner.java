package dev.axiomml.verify;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.bound.StoppedComputation;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.check.Checker;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model with a budget and perhaps data, to be asked one claim after another. */
final class TheoremRunner {
  private static final Logger LOG = LoggerFactory.getLogger(TheoremRunner.class);

  private final Model<?> model;
  private final Budget budget;
  private final Optional<DataLoader> data;
  private final Map<Map<String, Tensor>, PreparedModel.Readiness> readiness = new HashMap<>();
  private Optional<Checker> checker = Optional.empty();

  TheoremRunner(Model<?> model, Budget budget, Optional<DataLoader> data) {
    this.model = model;
    this.budget = budget;
    this.data = data;
  }

  /** By proof or counterexample. */
  Claim theorem(Theorem<?> theorem) {
    return logged(theorem(theorem, budget.start()));
  }

  private Claim logged(Claim claim) {
    long millis = Math.round(1000 * claim.seconds());
    LOG.info("{}: {} {} in {} ms", model.name(), claim.text(), claim.verdict().word(), millis);
    return claim;
  }

  /** A theorem about {@code softmax(x)}, which needs no model. */
  static Claim softmax(Theorem<?> theorem, BudgetClock clock) {
    if (theorem.region() instanceof Region.Named) {
      throw new PropertyException(
          new Diagnosis(
              "inputs by name beside softmax(x)",
              PropertyText.of(theorem),
              "softmax(x) is a model of its own, of one free vector",
              "leave away what stands behind with"));
    }
    return ConfirmedVerdict.free(clock)
        .claim(theorem, ConfirmedVerdict.unconfirmed(SoftmaxTheorems.of(theorem)));
  }

  private Claim theorem(Theorem<?> theorem, BudgetClock clock) {
    return theorem.formula().mentions(Subject.SOFTMAX)
        ? softmax(theorem, clock)
        : asked(model.asked(theorem), clock);
  }

  private Claim asked(Theorem<?> theorem, BudgetClock clock) {
    requireMeaning(theorem.formula());
    if (theorem.formula().isOfPairs()) {
      return isPair(theorem.formula())
          ? prepared(theorem, clock, question -> question.pairs(theorem))
          : unknown(theorem, "a bound on how outputs move is asked alone, not joined", clock);
    }
    return prepared(theorem, clock, question -> question.answer(theorem));
  }

  /** Prepares, asks and lets the answer be confirmed, all on one clock. */
  private Claim prepared(
      Theorem<?> theorem,
      BudgetClock clock,
      Function<TheoremSearch, ConfirmedVerdict.Finding> ask) {
    String phase = "while the model was prepared";
    try {
      if (readiness(theorem, clock) instanceof PreparedModel.Readiness.Ready ready) {
        phase = "between search and check";
        requireMeaning(ready.prepared().claimed().model(), theorem.formula());
        ConfirmedVerdict.Finding found =
            ask.apply(new TheoremSearch(ready.prepared(), budget, clock));
        return ConfirmedVerdict.by(checker(), clock).claim(theorem, found);
      }
      return unknown(
          theorem, ((PreparedModel.Readiness.Obstacle) readiness(theorem, clock)).reason(), clock);
    } catch (StoppedComputation stopped) {
      return unknown(theorem, clock.why() + " " + phase, clock);
    }
  }

  private PreparedModel.Readiness readiness(Theorem<?> theorem, BudgetClock clock) {
    Map<String, Tensor> given = theorem.region().tensors();
    readiness.keySet().retainAll(Set.of(given));
    return readiness.computeIfAbsent(given, known -> PreparedModel.of(model, known, clock));
  }

  private Checker checker() {
    if (checker.isEmpty()) {
      checker = Optional.of(Checker.of(model));
    }
    return checker.get();
  }

  private void requireMeaning(Formula formula) {
    requireMeaning(model, formula);
  }

  private static void requireMeaning(Model<?> model, Formula formula) {
    if (!model.understands(formula)) {
      throw new PropertyException(
          new Diagnosis(
              PropertyText.of(formula) + " does not fit " + model,
              "model " + model.name(),
              "indices are below the sizes of the output, and subjects are x and output",
              "look at model.summary() for the output's shape"));
    }
  }

  private static Claim unknown(Theorem<?> theorem, String reason, BudgetClock clock) {
    return new Claim(theorem, new Verdict.Unknown(reason), Optional.empty(), 0, clock.seconds());
  }

  /**
   * By the samples, which may break it; else by proof or counterexample on the declared domain (all
   * finite inputs where none is), which samples never outweigh; else it is tested.
   */
  Claim property(Property<?> property) {
    return logged(answer(property));
  }

  /** Refuses samples for a property that no run of the model takes. */
  void requireFit(Property<?> property) {
    boolean free = property.formula().mentions(Subject.SOFTMAX) || property.formula().isOfPairs();
    if (!free) {
      Theorem<?> theorem = model.asked(property.everywhere());
      data.ifPresent(samples -> tests(theorem).requireFit(samples));
    }
  }

  private SampleTests tests(Theorem<?> theorem) {
    ClaimedGraph claimed = ClaimedGraph.of(model.unclaimed(), theorem.region().tensors());
    return new SampleTests(theorem.formula(), claimed);
  }

  private Claim answer(Property<?> property) {
    BudgetClock clock = budget.start();
    Theorem<?> theorem = property.everywhere();
    if (data.isEmpty() || property.formula().mentions(Subject.SOFTMAX)) {
      return theorem(theorem, clock);
    }
    return tested(model.asked(theorem), data.orElseThrow(), clock);
  }

  private Claim tested(Theorem<?> theorem, DataLoader samples, BudgetClock clock) {
    requireMeaning(theorem.formula());
    if (theorem.formula().isOfPairs()) {
      return isPair(theorem.formula()) ? around(theorem, clock) : asked(theorem, clock);
    }
    Verdict tested = tests(theorem).of(samples, clock);
    if (tested instanceof Verdict.Refuted broken) {
      return broken(theorem, broken, clock);
    }
    Claim proof = asked(theorem, clock);
    if (proof.proof().isPresent() && tested instanceof Verdict.Tested held) {
      return new Claim(theorem, proof.verdict(), proof.proof(), held.samples(), clock.seconds());
    }
    return proof.verdict() instanceof Verdict.Refuted ? proof : timed(theorem, tested, clock);
  }

  /** A sample that breaks it, confirmed by the checker, which runs any model again. */
  private Claim broken(Theorem<?> theorem, Verdict.Refuted sample, BudgetClock clock) {
    try {
      ConfirmedVerdict.Finding found = new ConfirmedVerdict.Broken(sample, Optional.empty());
      return ConfirmedVerdict.by(checker(), clock).claim(theorem, found);
    } catch (StoppedComputation stopped) {
      return unknown(theorem, clock.why() + " before a sample that breaks it was confirmed", clock);
    }
  }

  private static boolean isPair(Formula formula) {
    return formula instanceof Formula.LocalLipschitz || formula instanceof Formula.Lipschitz;
  }

  /** A claim about pairs of inputs, around the samples. */
  private Claim around(Theorem<?> theorem, BudgetClock clock) {
    try {
      if (readiness(theorem, clock) instanceof PreparedModel.Readiness.Ready ready) {
        Verdict tested =
            new TheoremSearch(ready.prepared(), budget, clock).pairs(theorem, data.orElseThrow());
        return tested instanceof Verdict.Refuted broken
            ? broken(theorem, broken, clock)
            : timed(theorem, tested, clock);
      }
      return unknown(
          theorem, ((PreparedModel.Readiness.Obstacle) readiness(theorem, clock)).reason(), clock);
    } catch (StoppedComputation stopped) {
      return unknown(theorem, clock.why() + " before the samples were tested", clock);
    }
  }

  private static Claim timed(Theorem<?> theorem, Verdict verdict, BudgetClock clock) {
    long samples = verdict instanceof Verdict.Tested tested ? tested.samples() : 0;
    return new Claim(theorem, verdict, Optional.empty(), samples, clock.seconds());
  }
}
