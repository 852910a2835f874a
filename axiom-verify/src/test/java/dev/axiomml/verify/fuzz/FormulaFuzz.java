package dev.axiomml.verify.fuzz;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.EnsureViolation;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Report;
import dev.axiomml.verify.Verifier;
import dev.axiomml.verify.fuzz.ExactOracle.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  private static final int FORMULAS = 10;

  private final FalseAnswers found;
  private final Tally tally = new Tally();

  private FormulaFuzz(long seed) {
    found = new FalseAnswers("Formulas", seed);
  }

  /** Runs for some time. @return the number of formulas @throws AssertionError at the end for false answers */
  static int run(long seed, long millis) {
    FormulaFuzz fuzz = new FormulaFuzz(seed);
    int cases = Cases.run(seed, millis, fuzz::net);
    return fuzz.found.ended(fuzz.tally.all(), "formulas (" + fuzz.tally + ", " + cases + " nets)");
  }

  private void net(long index, Random random) {
    Model<Output> model = RandomNet.of(random);
    List<Shape> shapes =
        model.signature().inputs().stream().map(p -> p.type().shape().with(0, Dim.ONE)).toList();
    Shape out = model.signature().outputs().get(0).type().shape();
    if (out.sub(1, out.rank()).count() > 16) {
      return;
    }
    try (Executed executed = new Executed(model, random.nextInt(3) == 0)) {
      for (int i = 0; i < 2; i++) {
        Region region = RandomRegion.of(random, shapes);
        Optional<Region.Range> domain = model.signature().inputs().get(0).domain();
        new Round(index, random, executed, Territory.of(region, shapes, domain)).play(model);
      }
    } catch (RuntimeException | StackOverflowError e) {
      found.thrown(index, model.graph().toString(), e);
    }
  }

  /** The claims of one region. */
  private final class Round {
    private final long index;
    private final Random random;
    private final Executed executed;
    private final Territory territory;
    private final List<List<float[]>> points = new ArrayList<>();

    Round(long index, Random random, Executed executed, Territory territory) {
      this.index = index;
      this.random = random;
      this.executed = executed;
      this.territory = territory;
    }

    void play(Model<Output> model) {
      for (int i = 0; i < POINTS && !territory.isEmpty(); i++) {
        points.add(territory.point(random));
      }
      List<Trial> trials = executed.run(points, random);
      Trial shaped = executed.run(List.of(zeros()), random).get(0);
      RandomSentence sentences =
          new RandomSentence(random, shaped.x().sizes(), shaped.y().sizes(), trials);
      List<Sentence> asked = new ArrayList<>();
      for (int i = 0; i < FORMULAS; i++) {
        Sentence sentence = sentences.next();
        tally.asked();
        if (shaped.oracle().mentionsAbsent(sentence)) {
          refused(model, sentence);
        } else if (ensured(model, sentence)) {
          asked.add(sentence);
        }
      }
      proved(model, asked, trials);
    }

    private List<float[]> zeros() {
      return territory.shapes().stream().map(shape -> new float[shape.count()]).toList();
    }

    private String text(Model<?> model, Object claim) {
      return "∀x ∈ "
          + territory.region()
          + " "
          + PropertyText.of(territory.region())
          + "\n"
          + claim
          + "\n"
          + model.graph()
          + "\n"
          + model.graph().nodes().stream().map(n -> n.op().toString()).toList();
    }

    /** An index that is not there is refused, with a type of its own, wherever it is asked. */
    private void refused(Model<Output> model, Sentence sentence) {
      String text = sentence.text();
      try {
        Theorem<Output> theorem =
            new Theorem<>(territory.region(), PropertyText.formula(text));
        Verdict verdict = Verifier.prove(model, theorem, budget());
        found.add("absent index answered", index, text(model, text + ": " + verdict));
      } catch (PropertyException expected) {
        tally.refused();
      } catch (RuntimeException e) {
        found.thrown(index, text(model, text), e);
      }
    }

    /** Whether the model takes the formula; what it says of a batch is compared. */
    private boolean ensured(Model<Output> model, Sentence sentence) {
      int from = points.isEmpty() ? 0 : random.nextInt(points.size());
      int rows = executed.isSingle() ? 1 : 1 + random.nextInt(3);
      List<List<float[]>> batch =
          points.isEmpty()
              ? List.of(zeros())
              : points.subList(from, Math.min(points.size(), from + rows));
      List<Tensor> inputs = executed.tensors(batch);
      Tensor output = model.predictAll(inputs).get(0);
      Truth truth = Truth.HOLDS;
      for (int i = 0; i < batch.size(); i++) {
        truth = truth.and(Trial.of(inputs, output, i, "").oracle().of(sentence));
      }
      String said = "";
      try {
        model.ensure(sentence.text()).predictAll(inputs);
      } catch (EnsureViolation violation) {
        said = violation.diagnosis().what();
      } catch (PropertyException refusal) {
        boolean fits = Tally.isNonlinear(sentence);
        if (!fits) {
          found.add("refused", index, text(model, sentence.text() + "\n" + refusal));
        }
        tally.refused();
        return false;
      }
      if (truth == (said.isEmpty() ? Truth.FAILS : Truth.HOLDS)) {
        String what = sentence.text() + " " + truth + ", but ensure says: \"" + said + "\" of ";
        found.add(
            "ensure", index, text(model, what + Trial.of(inputs, output, 0, "first of batch")));
      }
      return true;
    }

    private void proved(Model<Output> model, List<Sentence> asked, List<Trial> trials) {
      List<Theorem<Output>> theorems = new ArrayList<>();
      for (Sentence sentence : asked) {
        theorems.add(new Theorem<>(territory.region(), PropertyText.formula(sentence.text())));
      }
      try {
        Report report = Verifier.prove(model, theorems, budget());
        for (int i = 0; i < asked.size(); i++) {
          judge(model, asked.get(i), report.claims().get(i).verdict(), trials);
        }
        String check = report.certificate().check(model).toString();
        if (!report.certificate().check(model).isValid()) {
          found.add("certificate", index, text(model, check));
        }
      } catch (RuntimeException e) {
        boolean alone = asked.size() == 1;
        if (alone) {
          found.thrown(index, text(model, asked.get(0).text()), e);
        }
        for (int i = 0; !alone && i < asked.size(); i++) {
          proved(model, List.of(asked.get(i)), trials);
        }
      }
    }

    private void judge(
        Model<Output> model, Sentence sentence, Verdict verdict, List<Trial> trials) {
      tally.of(verdict);
      if (verdict instanceof Verdict.Proved) {
        Optional<Trial> fault =
            trials.stream().filter(t -> t.oracle().of(sentence) == Truth.FAILS).findFirst();
        if (territory.isEmpty()) {
          found.add("PROVED of nothing", index, text(model, sentence.text()));
        }
        fault.ifPresent(
            t -> found.add("PROVED", index, text(model, sentence.text() + "\n" + t)));
      }
      if (verdict instanceof Verdict.Refuted refuted) {
        refuted(model, sentence, refuted);
      }
    }

    private void refuted(Model<Output> model, Sentence sentence, Verdict.Refuted refuted) {
      List<Tensor> at = refuted.counterexample();
      Trial trial = Trial.of(at, model.predictAll(at).get(0), 0, "counterexample");
      if (!territory.contains(trial.in())) {
        found.add("counterexample outside", index, text(model, sentence.text() + "\n" + trial));
      }
      if (trial.oracle().of(sentence) == Truth.HOLDS) {
        found.add("REFUTED", index, text(model, sentence.text() + "\n" + trial));
      }
    }
  }

  /** Little, and the same on every machine: the search asks whether to stop, and is told so. */
  private static Budget budget() {
    int[] asked = new int[1];
    return Budget.seconds(5).cancelledBy(() -> ++asked[0] % 60 == 0);
  }

  static boolean isTyped(Throwable thrown) {
    return thrown instanceof AxiomException;
  }
}
