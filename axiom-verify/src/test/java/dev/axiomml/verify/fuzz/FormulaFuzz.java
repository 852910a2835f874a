package dev.axiomml.verify.fuzz;

import dev.axiomml.core.error.EnsureViolation;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.fuzz.ExactOracle.Truth;
import dev.axiomml.verify.fuzz.FalseAnswers.At;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random formulas about small random networks on random regions.
 *
 * <p>What is PROVED must be true of every sample that is run, on each backend and in batches; a
 * counterexample must lie in its region and break the formula; a certificate must check; {@code
 * ensure} must say what evaluation says; nothing but typed refusals may be thrown.
 */
final class FormulaFuzz {
  private static final int POINTS = 24;
  private static final int FORMULAS = 14;

  private final At at;
  private final Random random;
  private final Model<Output> model;
  private final Executed executed;
  private final List<List<float[]>> points;
  private final ClaimRound round;

  private FormulaFuzz(At at, Random random, Executed executed, Territory territory) {
    this.at = at;
    this.random = random;
    this.model = executed.model();
    this.executed = executed;
    this.points = territory.points(random, POINTS);
    this.round = new ClaimRound(at, executed, territory, random);
  }

  /**
   * Runs cases one after another.
   *
   * @return the number of formulas
   * @throws AssertionError at the end, when there was a false answer
   */
  static int run(long seed, RunLength length) {
    return Cases.run(new FalseAnswers("Formulas", seed), length, FormulaFuzz::net);
  }

  private static void net(At at, Random random) {
    if (random.nextInt(12) == 0) {
      new SoftmaxClaims(at).round(random);
      return;
    }
    Model<Output> model = RandomNet.of(random);
    if (random.nextInt(3) == 0 && model.signature().inputs().size() == 1) {
      several(at, random, SeveralInputs.before(model, random));
      return;
    }
    try (Executed executed = new Executed(model, random.nextBoolean())) {
      for (int i = 0; i < 2 && executed.outputs() <= 16 && Executed.runs(model); i++) {
        Territory territory = RandomRegion.of(random, model);
        new FormulaFuzz(at, random, executed, territory).claims();
      }
    } catch (RuntimeException e) {
      at.thrown(model.graph().toString(), e);
    }
  }

  /** Two or three inputs, of which some are given. */
  private static void several(At at, Random random, Model<Output> model) {
    Map<String, Tensor> given = SeveralInputs.given(model, random);
    try (Executed executed = new Executed(model, random.nextBoolean(), given)) {
      for (int i = 0; i < 2 && executed.outputs() <= 16 && Executed.runs(model, given); i++) {
        Territory territory = RandomRegion.of(random, model, given);
        new FormulaFuzz(at, random, executed, territory).claims();
      }
    } catch (RuntimeException e) {
      at.thrown(model.graph() + " with " + given, e);
    }
  }

  private void claims() {
    List<Trial> trials = executed.run(points, random);
    Trial zero = executed.zero();
    RandomSentence sentences =
        new RandomSentence(random, zero.x().sizes(), zero.y().sizes(), trials);
    List<Sentence> asked = new ArrayList<>();
    for (int i = 0; i < FORMULAS; i++) {
      Sentence sentence = sentences.next();
      at.tally().asked();
      if (zero.oracle().mentionsAbsent(sentence)) {
        absent(sentence);
      } else if (ensured(sentence)) {
        asked.add(sentence);
      }
    }
    round.ask(asked, trials);
  }

  /** An index that is not there is refused with the error of properties, wherever it is asked. */
  private void absent(Sentence sentence) {
    refused(sentence, "PROVED", () -> round.verdict(sentence));
    refused(
        sentence,
        "ensured",
        () -> model.ensure(sentence.text()).predictAll(executed.complete(batch())));
  }

  private void refused(Sentence sentence, String word, Runnable asking) {
    try {
      asking.run();
      round.found("absent index " + word, sentence.text());
    } catch (EnsureViolation violation) {
      round.found("absent index " + word, sentence.text());
    } catch (PropertyException expected) {
      at.tally().refused();
    } catch (RuntimeException e) {
      round.thrown(sentence.text(), e);
    }
  }

  private List<Tensor> batch() {
    if (points.isEmpty()) {
      return executed.tensors(List.of(executed.zero().in()));
    }
    int from = random.nextInt(points.size());
    int rows = executed.isSingle() ? 1 : 1 + random.nextInt(3);
    return executed.tensors(points.subList(from, Math.min(points.size(), from + rows)));
  }

  /** Whether the model takes the formula; what it says of a batch is compared. */
  private boolean ensured(Sentence sentence) {
    List<Tensor> inputs = batch();
    Tensor output = model.predictAll(executed.complete(inputs)).get(0);
    Truth truth = Truth.HOLDS;
    for (int i = 0; i < output.shape().size(0); i++) {
      truth = truth.and(Trial.of(inputs, output, i, "").oracle().of(sentence));
    }
    boolean held = true;
    try {
      model.ensure(sentence.text()).predictAll(executed.complete(inputs));
    } catch (EnsureViolation violation) {
      held = false;
    } catch (PropertyException refusal) {
      at.tally().refused();
      if (!Tally.isNonlinear(sentence)) {
        round.found("refused", sentence.text() + "\n" + refusal);
      }
      return false;
    }
    if (truth == (held ? Truth.FAILS : Truth.HOLDS)) {
      Trial first = Trial.of(inputs, output, 0, "the first of the batch");
      String said = held ? ", but ensure is kept: " : ", but ensure is broken: ";
      round.found("ensure", sentence.text() + "\n" + truth + said + first);
    }
    return true;
  }
}
