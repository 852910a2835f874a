package dev.axiomml.verify;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.property.statement.Statement;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.attack.AttackTarget;
import dev.axiomml.verify.attack.AttackWitness;
import dev.axiomml.verify.attack.GradientAttack;
import dev.axiomml.verify.bound.RoundingModel;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofLine;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.cert.ProofTree;
import dev.axiomml.verify.goal.GoalSubjects;
import dev.axiomml.verify.goal.InputRegion;
import dev.axiomml.verify.goal.ProofGoal;
import dev.axiomml.verify.goal.StatementGoals;
import dev.axiomml.verify.phase.PartSearch;
import dev.axiomml.verify.search.BoundJudge;
import dev.axiomml.verify.search.BoxSearch;
import dev.axiomml.verify.search.SearchCourse;
import dev.axiomml.verify.search.SearchLimits;
import dev.axiomml.verify.search.SearchResult;
import java.util.List;
import java.util.Optional;

/**
 * One theorem about one model, answered by a search for a proof or for a counterexample. What it
 * finds is not said before {@link ConfirmedVerdict} agrees.
 */
final class TheoremSearch {
  private static final long BOXES = 2_000_000;
  private static final int STARTS = 24;
  private static final String EMPTY =
      "the region holds no float32 input, so there is nothing to prove; widen its ends to float32"
          + " numbers";
  private final PreparedModel prepared;
  private final Budget budget;
  private final BudgetClock clock;

  TheoremSearch(PreparedModel prepared, Budget budget, BudgetClock clock) {
    this.prepared = prepared;
    this.budget = budget;
    this.clock = clock;
  }

  ConfirmedVerdict.Finding answer(Theorem<?> theorem) {
    return answer(theorem, STARTS, BOXES);
  }

  private ConfirmedVerdict.Finding answer(Theorem<?> theorem, int starts, long boxes) {
    RoundingModel rounding = new RoundingModel(budget.semantics());
    InputRegion zone = zone(theorem.region(), rounding);
    if (zone.isEmpty() || zone(theorem.region(), RoundingModel.FLOAT32).isEmpty()) {
      return new ConfirmedVerdict.Open(EMPTY);
    }
    Formula formula = FormulaResolution.of(theorem.formula(), prepared.claimed());
    SearchLimits limits =
        new SearchLimits(budget.threads(), boxes, starts, clock, budget.progress());
    GoalSubjects subjects = new GoalSubjects(prepared.forms().until(clock), rounding);
    Statement statement = statement(formula);
    ProofGoal goal = StatementGoals.of(statement, subjects);
    BoundJudge judge = new BoundJudge(goal, subjects);
    AttackTarget target = new AttackTarget(prepared.claimed()::run, statement, goal, zone);
    GradientAttack attack = new GradientAttack(target, subjects.forms(), budget.seed());
    SearchCourse course = new SearchCourse(attack, limits);
    PartSearch parts = new PartSearch(statement, subjects, zone.domain(), course);
    BoxSearch boxSearch = new BoxSearch(judge, zone.domain(), course);
    Region region = zone.resolved(theorem.region(), prepared.claimed().ports());
    Asked asked =
        new Asked(
            new Theorem<>(region, theorem.formula()), new Theorem<>(theorem.region(), formula));
    return finding(asked, parts.fits() ? beside(parts.run(), boxSearch) : boxSearch.run());
  }

  /** Where hinges do not show a claim, inputs are split after all. */
  private SearchResult beside(SearchResult byParts, BoxSearch boxes) {
    if (byParts instanceof SearchResult.Shown shown) {
      return new SearchResult.Shown(shown.proof(), shown.boxes(), Optional.of(some -> boxes.run()));
    }
    boolean open = byParts instanceof SearchResult.Open && !clock.getAsBoolean();
    return open ? boxes.run() : byParts;
  }

  /**
   * A theorem as it is said to be shown, and as it is said to be broken.
   *
   * @param shown over the region's resolved boxes
   * @param broken with the formula's words resolved
   */
  private record Asked(Theorem<?> shown, Theorem<?> broken) {}

  private ConfirmedVerdict.Finding finding(Asked asked, SearchResult found) {
    if (found instanceof SearchResult.Shown shown) {
      return shown(asked, shown);
    }
    return found instanceof SearchResult.Broken broken
        ? refuted(broken.witness(), asked.broken())
        : new ConfirmedVerdict.Open(((SearchResult.Open) found).reason());
  }

  /** A claim about pairs of inputs, both in the region: broken by one, else open. */
  ConfirmedVerdict.Finding pairs(Theorem<?> theorem) {
    if (zone(theorem.region(), RoundingModel.FLOAT32).isEmpty()) {
      return new ConfirmedVerdict.Open(EMPTY);
    }
    if (severalInputs().isPresent()) {
      return new ConfirmedVerdict.Open(severalInputs().get());
    }
    PairAttack attack = pairAttack(theorem);
    Optional<Verdict.Refuted> broken = attack.anywhere(STARTS);
    String over = clock.getAsBoolean() ? "; " + clock.why() : "";
    return broken
        .<ConfirmedVerdict.Finding>map(
            refuted -> new ConfirmedVerdict.Broken(refuted, Optional.empty()))
        .orElseGet(
            () ->
                new ConfirmedVerdict.Open(
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
        : Optional.of("how outputs move is asked of a model with one free input, not " + inputs);
  }

  private PairAttack pairAttack(Theorem<?> theorem) {
    InputRegion zone = zone(theorem.region(), RoundingModel.FLOAT32);
    PairAttack.Course course = new PairAttack.Course(clock, budget.seed());
    return new PairAttack(prepared, theorem.formula(), zone, course);
  }

  private Statement statement(Formula formula) {
    Graph graph = prepared.graph();
    return Statement.of(
        formula, graph.inputs().get(0).type().shape(), graph.outputs().get(0).type().shape());
  }

  private InputRegion zone(Region region, RoundingModel rounding) {
    return InputRegion.of(prepared.graph(), prepared.claimed().ports(), region, rounding);
  }

  private ConfirmedVerdict.Finding shown(Asked asked, SearchResult.Shown shown) {
    String how = shown.boxes() == 1 ? "" : ", " + shown.proof().leaves() + " boxes";
    String text =
        methods(shown.proof()) + how + "; " + budget.semantics() + prepared.claimed().scope();
    Proof proof = new Proof(asked.shown(), budget.semantics(), shown.proof());
    return new ConfirmedVerdict.Shown(
        text, proof, shown.again().map(more -> leaves -> finding(asked, more.apply(leaves))));
  }

  private ConfirmedVerdict.Finding refuted(AttackWitness witness, Theorem<?> theorem) {
    List<Tensor> free = witness.inputs();
    Verdict.Refuted refuted =
        new Verdict.Refuted(prepared.claimed().complete(free), witness.outputs());
    if (budget.semantics() == ProofSemantics.FLOAT32) {
      return new ConfirmedVerdict.Broken(refuted, Optional.empty());
    }
    if (free.size() != 1) {
      return new ConfirmedVerdict.Open(
          "the float32 program breaks it, which says nothing of real numbers");
    }
    Region point = new Region.Box(free.get(0), free.get(0));
    for (var given : Region.Named.of(theorem.region()).given().entrySet()) {
      point = point.given(given.getKey(), given.getValue());
    }
    Theorem<?> denied = new Theorem<>(point, new Formula.Not(theorem.formula()));
    Proof proof =
        new Proof(
            denied, ProofSemantics.REAL, ProofLine.of(new ProofTree.Leaf(ProofMethod.LINEAR)));
    Verdict verdict = new Verdict.ProvedOverReals("at the counterexample");
    Claim denial = new Claim(denied, verdict, Optional.of(proof), 0, 0);
    return new ConfirmedVerdict.Broken(refuted, Optional.of(denial));
  }

  private static String methods(ProofLine proof) {
    Optional<ProofMethod> only = proof.single();
    return only.map(TheoremSearch::word).orElse("by splitting the input and linear bounds");
  }

  private static String word(ProofMethod method) {
    return switch (method) {
      case STRUCTURE -> "by its structure over finite values";
      case INTERVAL -> "by intervals";
      case LINEAR -> "by linear bounds";
      case EXACT -> "by exact arithmetic";
    };
  }
}
