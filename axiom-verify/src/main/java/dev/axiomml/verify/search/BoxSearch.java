package dev.axiomml.verify.search;

import dev.axiomml.core.op.Box;
import dev.axiomml.verify.attack.AttackWitness;
import dev.axiomml.verify.attack.GradientAttack;
import dev.axiomml.verify.bound.BoundDomain;
import dev.axiomml.verify.bound.KnownRanges;
import dev.axiomml.verify.bound.StoppedComputation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * Best-first splitting of inputs: the box that is furthest from being shown is cut next, and now
 * and then an attack starts from a box's middle.
 *
 * <p>For one number of threads the course and the answer are always the same, as long as time does
 * not run out. Used once.
 */
public final class BoxSearch {
  private static final int ATTACK_EVERY = 32;

  /** The most bytes of known ranges that open boxes hold. */
  private static final long ROOM = 256L << 20;

  private final BoundJudge judge;
  private final GradientAttack attack;
  private final BoundDomain root;
  private final SearchLimits limits;
  private final PriorityQueue<SearchNode> queue =
      new PriorityQueue<>(Comparator.comparingDouble(SearchNode::score));
  private long judged;
  private long kept;
  private long shown;
  private String open = "";
  private String reason = "";
  private String phase = "in the first bounds";

  /** A search over a domain. */
  public BoxSearch(BoundJudge judge, GradientAttack attack, BoundDomain root, SearchLimits limits) {
    this.judge = judge;
    this.attack = attack;
    this.root = root;
    this.limits = limits;
  }

  /** Runs to the end or to its limits. */
  public SearchResult run() {
    SearchNode start = SearchNode.root();
    try (WorkerPool crew = new WorkerPool(limits.threads())) {
      take(start, crew.all(List.of(() -> judge.judge(root, KnownRanges.NONE))).get(0));
      if (start.isShown()) {
        return new SearchResult.Shown(start.proof(), judged);
      }
      phase = "in the search for a counterexample";
      Optional<AttackWitness> early = attack.run(limits.starts(), limits.stop());
      while (early.isEmpty() && !queue.isEmpty() && goesOn()) {
        early = round(crew);
      }
      return early.<SearchResult>map(SearchResult.Broken::new).orElseGet(() -> ended(start));
    } catch (StoppedComputation stopped) {
      return stopped();
    }
  }

  private boolean goesOn() {
    limits.progress().at(judged + " boxes, " + queue.size() + " open", -1);
    return !limits.stop().getAsBoolean() && judged < limits.boxes();
  }

  private SearchResult stopped() {
    String done = judged == 0 ? "" : " after " + judged + " boxes, " + shown + " of them shown";
    String why = reason.isEmpty() ? "" : "; " + reason;
    return new SearchResult.Open("the budget ended " + phase + done + why, judged);
  }

  private SearchResult ended(SearchNode start) {
    if (queue.isEmpty() && open.isEmpty()) {
      return new SearchResult.Shown(start.proof(), judged);
    }
    String what = queue.isEmpty() ? "no box can be cut further" : "the budget ended";
    String done = " after " + judged + " boxes, " + shown + " of them shown; ";
    String why = open.isEmpty() ? reason : open;
    return new SearchResult.Open(what + done + why, judged);
  }

  /** Cuts as many boxes as there are threads and judges their halves. */
  private Optional<AttackWitness> round(WorkerPool crew) {
    List<SearchNode> halves = new ArrayList<>();
    List<SearchNode> cut = new ArrayList<>();
    for (int i = 0; i < limits.threads() && !queue.isEmpty(); i++) {
      cut.add(queue.remove());
      halves.addAll(cut.get(i).split());
    }
    phase = "in the bounds of a box";
    List<Supplier<GoalBounds>> tasks = new ArrayList<>();
    halves.forEach(cell -> tasks.add(() -> judge.judge(cell.domain(root), cell.above())));
    List<GoalBounds> judgements = crew.all(tasks);
    cut.forEach(cell -> kept -= cell.release().bytes());
    Optional<AttackWitness> found = Optional.empty();
    for (int i = 0; i < halves.size() && found.isEmpty(); i++) {
      take(halves.get(i), judgements.get(i));
      boolean due = judged % ATTACK_EVERY == 0 && !halves.get(i).isShown();
      found = due ? attack.from(middle(halves.get(i)), (int) judged, limits.stop()) : found;
    }
    return found;
  }

  private List<double[]> middle(SearchNode cell) {
    List<double[]> middle = new ArrayList<>();
    for (Box box : cell.domain(root).boxes()) {
      double[] x = new double[box.size()];
      for (int i = 0; i < x.length; i++) {
        x[i] = box.lo()[i] / 2 + box.hi()[i] / 2;
      }
      middle.add(x);
    }
    return middle;
  }

  /** Ranges are kept while there is room; the halves of others are bounded from nothing. */
  private void keep(SearchNode cell, KnownRanges ranges) {
    long bytes = ranges.bytes();
    if (kept + bytes <= ROOM) {
      kept += bytes;
      cell.keep(ranges);
    }
  }

  private void take(SearchNode cell, GoalBounds judgement) {
    judged++;
    cell.settle(judgement, cell.domain(root));
    shown += cell.isShown() ? 1 : 0;
    reason = cell.isShown() ? reason : judgement.why();
    if (!cell.isShown() && cell.canSplit()) {
      keep(cell, judgement.ranges());
      queue.add(cell);
    } else if (!cell.isShown()) {
      open = judgement.why();
    }
  }
}
