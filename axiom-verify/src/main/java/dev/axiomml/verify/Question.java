package dev.axiomml.verify;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Statement;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.attack.Attack;
import dev.axiomml.verify.attack.Target;
import dev.axiomml.verify.attack.Witness;
import dev.axiomml.verify.bound.Rounding;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.Method;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofLine;
import dev.axiomml.verify.cert.ProofTree;
import dev.axiomml.verify.cert.Semantics;
import dev.axiomml.verify.goal.Goal;
import dev.axiomml.verify.goal.Goals;
import dev.axiomml.verify.goal.Subjects;
import dev.axiomml.verify.goal.Zone;
import dev.axiomml.verify.search.Found;
import dev.axiomml.verify.search.Judge;
import dev.axiomml.verify.search.Limits;
import dev.axiomml.verify.search.Search;
import java.util.Optional;

/**
 * One theorem about one model, answered by a search for a proof or for a counterexample. What it
 * finds is not said before {@link Confirmed} agrees.
 */
final class Question {
  private static final long BOXES = 2_000_000;
  private static final int STARTS = 24;
  private static final String EMPTY =
      "the region holds no float32 input, so there is nothing to prove; widen its ends to float32"
          + " numbers";
  private final Prepared prepared;
  private final Budget budget;
  private final BudgetClock clock;

  Question(Prepared prepared, Budget budget, BudgetClock clock) {
    this.prepared = prepared;
    this.budget = budget;
    this.clock = clock;
  }

  Confirmed.Finding answer(Theorem<?> theorem) {
    return answer(theorem, STARTS, BOXES);
  }

  private Confirmed.Finding answer(Theorem<?> theorem, int starts, long boxes) {
    Rounding rounding = new Rounding(budget.semantics());
    Zone zone = zone(theorem.region(), rounding);
    if (zone.isEmpty() || zone(theorem.region(), Rounding.FLOAT32).isEmpty()) {
      return new Confirmed.Open(EMPTY);
    }
    Formula formula = Resolving.of(theorem.formula(), prepared.model());
    Limits limits = new Limits(budget.threads(), boxes, starts, clock, budget.progress());
    Subjects subjects = new Subjects(prepared.forms().until(clock), rounding);
    Statement statement = statement(formula);
    Goal goal = Goals.of(statement, subjects);
    Judge judge = new Judge(goal, subjects);
    Target target = new Target(prepared.model(), prepared.graph(), statement, goal, zone);
    Attack attack = new Attack(target, budget.seed());
    Found found = new Search(judge, attack, zone.domain(), limits).run();
    if (found instanceof Found.Shown shown) {
      Region region = zone.resolved(theorem.region(), prepared.model().signature().inputs());
      return shown(new Theorem<>(region, theorem.formula()), shown);
    }
    return found instanceof Found.Broken broken
        ? refuted(broken.witness(), formula)
        : new Confirmed.Open(((Found.Open) found).reason());
  }

  /** A claim about pairs of inputs, both in the region: broken by one, else open. */
  Confirmed.Finding pairs(Theorem<?> theorem) {
    if (zone(theorem.region(), Rounding.FLOAT32).isEmpty()) {
      return new Confirmed.Open(EMPTY);
    }
    if (severalInputs().isPresent()) {
      return new Confirmed.Open(severalInputs().get());
    }
    PairAttack attack = pairAttack(theorem);
    Optional<Verdict.Refuted> broken = attack.anywhere(STARTS);
    String over = clock.getAsBoolean() ? "; " + clock.why() : "";
    return broken
        .<Confirmed.Finding>map(refuted -> new Confirmed.Broken(refuted, Optional.empty()))
        .orElseGet(
            () ->
                new Confirmed.Open(
                    "a bound on how outputs move is not proved yet, and none of "
                        + attack.pairs()
                        + " pairs of inputs that were tried breaks it"
                        + over));
  }

  /** The same around samples: refuted, not confirmed, by a pair, else tested. */
  Verdict pairs(Theorem<?> theorem, DataLoader samples) {
    return severalInputs()
        .<Verdict>map(Verdict.Unknown::new)
        .orElseGet(() -> pairAttack(theorem).around(samples));
  }

  private Optional<String> severalInputs() {
    int inputs = prepared.graph().inputs().size();
    return inputs == 1
        ? Optional.empty()
        : Optional.of("how outputs move is asked of a model with one input, not " + inputs);
  }

  private PairAttack pairAttack(Theorem<?> theorem) {
    Zone zone = zone(theorem.region(), Rounding.FLOAT32);
    PairAttack.Course course = new PairAttack.Course(clock, budget.seed());
    return new PairAttack(prepared, theorem.formula(), zone, course);
  }

  private Statement statement(Formula formula) {
    Graph graph = prepared.graph();
    return Statement.of(
        formula, graph.inputs().get(0).type().shape(), graph.outputs().get(0).type().shape());
  }

  private Zone zone(Region region, Rounding rounding) {
    return Zone.of(prepared.graph(), prepared.model().signature().inputs(), region, rounding);
  }

  private Confirmed.Finding shown(Theorem<?> theorem, Found.Shown shown) {
    String how = shown.boxes() == 1 ? "" : ", " + shown.proof().leaves() + " boxes";
    String text = methods(shown.proof()) + how + "; " + budget.semantics() + prepared.scope();
    return new Confirmed.Shown(text, new Proof(theorem, budget.semantics(), shown.proof()));
  }

  private Confirmed.Finding refuted(Witness witness, Formula formula) {
    Verdict.Refuted refuted = new Verdict.Refuted(witness.inputs(), witness.outputs());
    if (budget.semantics() == Semantics.FLOAT32) {
      return new Confirmed.Broken(refuted, Optional.empty());
    }
    if (witness.inputs().size() != 1) {
      return new Confirmed.Open(
          "the float32 program breaks it, which says nothing of real numbers");
    }
    Tensor point = witness.inputs().get(0);
    Theorem<?> denied = new Theorem<>(new Region.Box(point, point), new Formula.Not(formula));
    Proof proof =
        new Proof(denied, Semantics.REAL, ProofLine.of(new ProofTree.Leaf(Method.LINEAR)));
    Verdict verdict = new Verdict.ProvedOverReals("at the counterexample");
    Claim denial = new Claim(denied, verdict, Optional.of(proof), 0, 0);
    return new Confirmed.Broken(refuted, Optional.of(denial));
  }

  private static String methods(ProofLine proof) {
    Optional<Method> only = proof.single();
    return only.map(Question::word).orElse("by splitting the input and linear bounds");
  }

  private static String word(Method method) {
    return switch (method) {
      case STRUCTURE -> "by its structure over finite values";
      case INTERVAL -> "by intervals";
      case LINEAR -> "by linear bounds";
      case EXACT -> "by exact arithmetic";
    };
  }
}
