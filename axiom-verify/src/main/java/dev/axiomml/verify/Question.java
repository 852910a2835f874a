package dev.axiomml.verify;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Statement;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.verify.attack.Attack;
import dev.axiomml.verify.attack.Target;
import dev.axiomml.verify.attack.Witness;
import dev.axiomml.verify.bound.Domain;
import dev.axiomml.verify.bound.Rounding;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofTree;
import dev.axiomml.verify.goal.Goal;
import dev.axiomml.verify.goal.Goals;
import dev.axiomml.verify.goal.Subjects;
import dev.axiomml.verify.goal.Zone;
import dev.axiomml.verify.search.Found;
import dev.axiomml.verify.search.Judge;
import dev.axiomml.verify.search.Limits;
import dev.axiomml.verify.search.Search;
import java.util.Optional;

/** One theorem about one model, answered by proof or by counterexample. */
final class Question {
  private static final long BOXES = 2_000_000;
  private static final int STARTS = 24;
  private final Prepared prepared;
  private final Budget budget;

  Question(Prepared prepared, Budget budget) {
    this.prepared = prepared;
    this.budget = budget;
  }

  Claim answer(Theorem<?> theorem) {
    return answer(theorem, STARTS, BOXES);
  }

  /** Only what bounds show at once; no search for a counterexample. */
  Claim glance(Theorem<?> theorem) {
    return answer(theorem, 0, 1);
  }

  private Claim answer(Theorem<?> theorem, int starts, long boxes) {
    long start = System.nanoTime();
    Rounding rounding = new Rounding(budget.semantics());
    Zone zone =
        Zone.of(
            prepared.graph(), prepared.model().signature().inputs(), theorem.region(), rounding);
    Formula formula = Resolving.of(theorem.formula(), prepared.model());
    Answer answer =
        zone.isEmpty()
            ? new Answer(new Verdict.Unknown(EMPTY), Optional.empty())
            : answer(
                formula,
                zone,
                new Limits(budget.threads(), boxes, starts, budget.stop(), budget.progress()));
    Region region = zone.resolved(theorem.region(), prepared.model().signature().inputs());
    Optional<Proof> proof =
        answer.tree.map(
            tree -> new Proof(new Theorem<>(region, theorem.formula()), budget.semantics(), tree));
    return new Claim(theorem, answer.verdict, proof, 0, (System.nanoTime() - start) * 1e-9);
  }

  private static final String EMPTY =
      "the region holds no float32 input, so there is nothing to prove; widen its ends to float32"
          + " numbers";

  private record Answer(Verdict verdict, Optional<ProofTree> tree) {}

  private Statement statement(Formula formula) {
    Graph graph = prepared.graph();
    return Statement.of(
        formula, graph.inputs().get(0).type().shape(), graph.outputs().get(0).type().shape());
  }

  private Answer answer(Formula formula, Zone zone, Limits limits) {
    Subjects subjects = new Subjects(prepared.forms(), new Rounding(budget.semantics()));
    Statement statement = statement(formula);
    Goal goal = Goals.of(statement, subjects);
    Judge judge = new Judge(goal, subjects);
    Target target = new Target(prepared.model(), prepared.graph(), statement, goal, zone);
    Attack attack = new Attack(target, budget.seed());
    Found found = new Search(judge, attack, zone.domain(), limits).run();
    if (found instanceof Found.Shown shown) {
      String how = shown.boxes() == 1 ? "" : ", " + shown.tree().leaves() + " boxes";
      String text = methods(shown.tree()) + how + "; " + budget.semantics();
      return new Answer(new Verdict.Proved(text), Optional.of(shown.tree()));
    }
    if (found instanceof Found.Broken broken) {
      return new Answer(refuted(broken.witness(), formula, subjects), Optional.empty());
    }
    return new Answer(new Verdict.Unknown(((Found.Open) found).reason()), Optional.empty());
  }

  /** Over the reals a float32 replay alone may fail by rounding only: bounds must confirm it. */
  private Verdict refuted(Witness witness, Formula formula, Subjects subjects) {
    if (subjects.rounding().rounds()) {
      return new Verdict.Refuted(witness.inputs(), witness.outputs());
    }
    Statement denied = statement(new Formula.Not(formula));
    Judge denial = new Judge(Goals.of(denied, subjects), subjects);
    boolean real = denial.shows(Domain.of(witness.inputs().stream().map(Question::point).toList()));
    return real
        ? new Verdict.Refuted(witness.inputs(), witness.outputs())
        : new Verdict.Unknown(
            "the float32 program breaks it, but by so little that it may hold over the reals");
  }

  private static dev.axiomml.core.op.Box point(dev.axiomml.core.tensor.Tensor x) {
    return new dev.axiomml.core.op.Box(x.toDoubles(), x.toDoubles());
  }

  private static String methods(ProofTree tree) {
    if (tree instanceof ProofTree.Leaf leaf) {
      return switch (leaf.method()) {
        case STRUCTURE -> "by its structure over finite values";
        case INTERVAL -> "by intervals";
        case LINEAR -> "by linear bounds";
        case EXACT -> "by exact arithmetic";
      };
    }
    return "by splitting the input and linear bounds";
  }
}
