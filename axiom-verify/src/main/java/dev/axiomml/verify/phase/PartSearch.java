package dev.axiomml.verify.phase;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.property.statement.Statement;
import dev.axiomml.verify.attack.AttackWitness;
import dev.axiomml.verify.bound.BoundDomain;
import dev.axiomml.verify.bound.GraphBounds;
import dev.axiomml.verify.bound.Hinge;
import dev.axiomml.verify.bound.StoppedComputation;
import dev.axiomml.verify.cert.ProofCursor;
import dev.axiomml.verify.cert.ProofLine;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.goal.GoalAtom;
import dev.axiomml.verify.goal.GoalSubjects;
import dev.axiomml.verify.goal.ProofGoal;
import dev.axiomml.verify.goal.StatementGoals;
import dev.axiomml.verify.search.BoundJudge;
import dev.axiomml.verify.search.SearchCourse;
import dev.axiomml.verify.search.SearchLimits;
import dev.axiomml.verify.search.SearchResult;
import dev.axiomml.verify.search.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shows the parts of a claim one by one where inputs are many: each that the first bounds leave
 * open gets a tree of hinges of its own. Used once.
 */
public final class PartSearch {
  /** So many inputs that have a width are still split themselves. */
  private static final int FEW = 20;

  private final List<Statement> parts;
  private final GoalSubjects subjects;
  private final BoundDomain domain;
  private final SearchCourse course;

  /** A search for a statement over a domain. */
  public PartSearch(
      Statement statement, GoalSubjects subjects, BoundDomain domain, SearchCourse course) {
    this.parts = Statement.conjuncts(statement, subjects.takesLargestApart());
    this.subjects = subjects;
    this.domain = domain;
    this.course = course;
  }

  /**
   * Whether there are too many wide inputs to split them, the graph has hinges, and every part of
   * the statement is one clause.
   */
  public boolean fits() {
    int wide = 0;
    for (Box box : domain.boxes()) {
      for (int i = 0; i < box.size(); i++) {
        wide += box.lo()[i] < box.hi()[i] ? 1 : 0;
      }
    }
    return wide > FEW
        && subjects.forms().hasHinges()
        && parts.stream().allMatch(part -> StatementGoals.of(part, subjects).clauses().size() <= 1);
  }

  /** Runs to the end or to its limits. */
  public SearchResult run() {
    SearchLimits limits = course.limits();
    ProofGoal whole = StatementGoals.of(new Statement.All(parts), subjects);
    String phase = "in the first bounds";
    try (WorkerPool crew = new WorkerPool(limits.threads())) {
      BoundJudge judge = new BoundJudge(whole, subjects);
      Optional<ProofMethod> shown = judge.shows(domain);
      if (shown.isPresent()) {
        return leaf(shown.get());
      }
      phase = "in the search for a counterexample";
      Optional<AttackWitness> early = course.attack().run(limits.starts(), limits.stop());
      if (early.isPresent()) {
        return new SearchResult.Broken(early.get());
      }
      phase = "in the bounds of a part";
      return parts(judge.bounds(domain), crew);
    } catch (StoppedComputation stopped) {
      return new SearchResult.Open("the budget ended " + phase, 0);
    }
  }

  private static SearchResult leaf(ProofMethod method) {
    ProofLine.Writer to = new ProofLine.Writer();
    to.leaf(method);
    return new SearchResult.Shown(to.done(), 1, Optional.empty());
  }

  /** All that the first bounds show is one leaf after the others' trees. */
  private SearchResult parts(GraphBounds root, WorkerPool crew) {
    ProofLine.Writer to = new ProofLine.Writer();
    to.hinges(names(root.hinges()));
    long judged = 1;
    for (int k = 0; k < parts.size(); k++) {
      ProofGoal goal = StatementGoals.of(parts.get(k), subjects);
      if (new BoundJudge(goal, subjects).shows(root)) {
        continue;
      }
      SearchResult found = part(goal, root, crew);
      if (!(found instanceof SearchResult.Shown shown)) {
        return found;
      }
      judged += shown.boxes();
      if (parts.size() > 1) {
        to.part(k);
      }
      to.tree(shown.proof());
    }
    if (parts.size() > 1) {
      to.leaf(ProofMethod.LINEAR);
    }
    return new SearchResult.Shown(to.done(), judged, Optional.empty());
  }

  private SearchResult part(ProofGoal goal, GraphBounds root, WorkerPool crew) {
    Optional<GoalAtom.Row> best =
        goal.clauses().size() == 1 ? new BoundJudge(goal, subjects).best(root) : Optional.empty();
    if (best.isEmpty()) {
      return new SearchResult.Open("a part of the claim has no bounds", 1);
    }
    double enough = BoundJudge.enough(best.get(), root.lane(0));
    return new PhaseSearch(root, best.get().form(), enough, course).run(crew);
  }

  /** Hinges by the places of their nodes in the graph. */
  private List<ProofCursor.Elements> names(List<Hinge> hinges) {
    List<Node> nodes = subjects.forms().graph().nodes();
    List<ProofCursor.Elements> names = new ArrayList<>();
    for (int at = 0; at < nodes.size(); at++) {
      Node node = nodes.get(at);
      List<Integer> elements =
          hinges.stream().filter(h -> h.at().equals(node)).map(Hinge::element).toList();
      if (!elements.isEmpty()) {
        names.add(new ProofCursor.Elements(at, elements));
      }
    }
    return names;
  }
}
