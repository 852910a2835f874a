package dev.axiomml.verify.fuzz;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Report;
import dev.axiomml.verify.Verifier;
import dev.axiomml.verify.check.CheckResult;
import dev.axiomml.verify.fuzz.ExactOracle.Truth;
import dev.axiomml.verify.fuzz.FalseAnswers.At;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Claims about one model and region, asked of the verifier and judged by what was run. */
final class ClaimRound {
  private static final int[] OFTEN = {100, 200, 200, 400, 400, 1000, 4000};

  private static final int POINTS = 24;

  /** One round of so many has its certificate checked once more, as a whole. */
  private static final int CERTIFIED = 4;

  private final At at;
  private final Executed executed;
  private final Model<Output> model;
  private final Territory territory;
  private final Random random;

  ClaimRound(At at, Executed executed, Territory territory, Random random) {
    this.at = at;
    this.executed = executed;
    this.model = executed.model();
    this.territory = territory;
    this.random = random;
  }

  /** Notes a false answer with all that is needed to see it again. */
  void found(String kind, String text) {
    at.found(kind, described(text));
  }

  /** Counts an answer. */
  void word(String word) {
    at.tally().word(word);
  }

  /** Notes what was thrown where nothing may be. */
  void thrown(String text, Throwable thrown) {
    at.thrown(described(text), thrown);
  }

  private String described(String claim) {
    String region = territory.region() + " " + PropertyText.of(territory.region());
    List<String> ops = model.graph().nodes().stream().map(n -> n.op().toString()).toList();
    return String.join("\n", claim, "∀x ∈ " + region, model.graph().toString(), ops.toString());
  }

  /** A sentence about this region as the library's own. */
  Theorem<Output> theorem(Sentence sentence) {
    return new Theorem<>(territory.region(), PropertyText.formula(sentence.text()));
  }

  /** The verdict on one claim. */
  Verdict verdict(Sentence sentence) {
    return Verifier.prove(model, theorem(sentence), budget(OFTEN));
  }

  /** Asks all at once, judges each answer, and now and then checks the certificate. */
  void ask(List<Sentence> asked, List<Trial> trials) {
    ask(asked, trials, OFTEN);
  }

  /**
   * The same within other budgets.
   *
   * @param often one of these is drawn: a search ends when it has asked that many times whether to
   */
  void ask(List<Sentence> asked, List<Trial> trials, int... often) {
    List<Theorem<Output>> theorems = new ArrayList<>();
    asked.forEach(sentence -> theorems.add(theorem(sentence)));
    try {
      Report report = Verifier.prove(model, theorems, budget(often));
      for (int i = 0; i < asked.size(); i++) {
        judge(asked.get(i), report.claims().get(i).verdict(), trials);
      }
      if (random.nextInt(CERTIFIED) == 0) {
        certified(report);
      }
    } catch (RuntimeException e) {
      if (asked.size() == 1) {
        thrown(asked.get(0).text(), e);
        return;
      }
      asked.forEach(sentence -> ask(List.of(sentence), trials, often));
    }
  }

  /** What was answered is established again, as much of it. */
  private void certified(Report report) {
    CheckResult check = report.certificate().check(model);
    long proved = report.claims().stream().filter(claim -> claim.proof().isPresent()).count();
    long refuted =
        report.claims().stream().filter(c -> c.verdict() instanceof Verdict.Refuted).count();
    if (check.established().size() != proved || check.refuted().size() != refuted) {
      found("certificate", proved + " proved, " + refuted + " refuted, but " + check);
    }
  }

  private void judge(Sentence sentence, Verdict verdict, List<Trial> trials) {
    at.tally().of(verdict);
    if (verdict instanceof Verdict.Proved proved) {
      boolean single = proved.method().contains("exactly one row");
      executed.alone(single);
      confirmed(
          "PROVED",
          sentence,
          single ? executed.run(territory.points(random, POINTS), random) : trials);
      executed.alone(false);
    }
    if (verdict instanceof Verdict.Refuted refuted) {
      refuted(sentence, refuted);
    }
  }

  /** What was called true of the whole region must be true of all trials, and of one at least. */
  void confirmed(String word, Sentence sentence, List<Trial> trials) {
    Optional<Trial> fault = broken(sentence, trials);
    Optional<Trial> worse =
        fault.isPresent() || random.nextInt(4) > 0
            ? fault
            : broken(sentence, new Climb(executed, territory, random).toward(sentence, trials));
    worse.ifPresent(t -> found(word, sentence.text() + "\n" + t));
    if (territory.isEmpty()) {
      found(word + " of nothing", sentence.text());
    }
  }

  private static Optional<Trial> broken(Sentence sentence, List<Trial> trials) {
    return trials.stream().filter(t -> t.oracle().of(sentence) == Truth.FAILS).findFirst();
  }

  private void refuted(Sentence sentence, Verdict.Refuted refuted) {
    List<Tensor> inputs = refuted.counterexample();
    Tensor output = model.predictAll(inputs).get(0);
    Trial trial = Trial.of(executed.free(inputs), output, 0, "counterexample");
    if (!executed.hasGiven(inputs) || !territory.contains(trial.in())) {
      found("counterexample outside", sentence.text() + "\n" + trial);
    }
    if (trial.oracle().of(sentence) == Truth.HOLDS) {
      found("REFUTED", sentence.text() + "\n" + trial);
    }
  }

  /** Little, and the same on every machine: the search asks whether to stop, and is told so. */
  private Budget budget(int... often) {
    int ends = often[random.nextInt(often.length)];
    int[] asked = new int[1];
    return Budget.seconds(2).cancelledBy(() -> ++asked[0] % ends == 0);
  }
}
