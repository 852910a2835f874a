package dev.axiomml.verify.search;

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
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Best-first splitting of inputs: the box that is furthest from being shown is cut next, and now
 * and then an attack starts from a box's middle.
 *
 * <p>The course and the answer are always the same, whatever the number of threads, as long as time
 * does not run out. Used once.
 */
public final class BoxSearch {
  private static final int ATTACK_EVERY = 1024;

  /** The most groups of boxes that are judged in one round. */
  private static final int GROUPS = 16;

  /** One of so many open boxes is cut in a round. */
  private static final int SHARE = 8;

  /** The most bytes of known ranges that open boxes hold. */
  private static final long ROOM = 256L << 20;

  /** How often leaves that the checker does not confirm are cut further. */
  private static final int REPAIRS = 16;

  private final BoundJudge judge;
  private final GradientAttack attack;
  private final BoundDomain root;
  private final SearchLimits limits;
  private final PriorityQueue<SearchNode> queue =
      new PriorityQueue<>(Comparator.comparingDouble(SearchNode::score));
  private final List<List<double[]>> points = new ArrayList<>();
  private final SearchNode start = SearchNode.root();
  private int repairs;
  private long attackAt = ATTACK_EVERY;
  private long judged;
  private long kept;
  private long shown;
  private String open = "";
  private String reason = "";
  private String phase = "in the first bounds";

  /** A search over a domain. */
  public BoxSearch(BoundJudge judge, BoundDomain root, SearchCourse course) {
    this.judge = judge;
    this.attack = course.attack();
    this.root = root;
    this.limits = course.limits();
  }

  /** Runs to the end or to its limits. */
  public SearchResult run() {
    try (WorkerPool crew = new WorkerPool(limits.threads())) {
      take(start, crew.<GoalBounds>all(List.of(() -> List.of(judge.judge(root)))).get(0));
      if (start.isShown()) {
        return shown();
      }
      phase = "in the search for a counterexample";
      Optional<AttackWitness> early = attack.run(limits.starts(), limits.stop());
      return early.<SearchResult>map(SearchResult.Broken::new).orElseGet(() -> rounds(crew));
    } catch (StoppedComputation stopped) {
      return stopped();
    }
  }

  private SearchResult rounds(WorkerPool crew) {
    Optional<AttackWitness> found = Optional.empty();
    while (found.isEmpty() && !queue.isEmpty() && goesOn()) {
      found = round(crew);
    }
    return found.<SearchResult>map(SearchResult.Broken::new).orElseGet(this::ended);
  }

  private SearchResult shown() {
    Optional<Function<List<Long>, SearchResult>> again =
        repairs < REPAIRS ? Optional.of(this::again) : Optional.empty();
    return new SearchResult.Shown(start.proof(), judged, again);
  }

  /** Cuts leaves of the proof further. */
  private SearchResult again(List<Long> leaves) {
    repairs++;
    List<SearchNode> all = start.leaves();
    for (long place : leaves) {
      SearchNode leaf = all.get((int) place - 1);
      leaf.reopen(leaf.domain(root));
      if (!leaf.canSplit()) {
        return new SearchResult.Open("a box is shown, but too tightly for the checker", judged);
      }
      queue.add(leaf);
    }
    try (WorkerPool crew = new WorkerPool(limits.threads())) {
      return rounds(crew);
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

  private SearchResult ended() {
    if (queue.isEmpty() && open.isEmpty()) {
      return shown();
    }
    String what = queue.isEmpty() ? "no box can be cut further" : "the budget ended";
    String done = " after " + judged + " boxes, " + shown + " of them shown; ";
    String why = open.isEmpty() ? reason : open;
    return new SearchResult.Open(what + done + why, judged);
  }

  /** Cuts some boxes and judges their halves, as many side by side as bounds take. */
  private Optional<AttackWitness> round(WorkerPool crew) {
    List<SearchNode> halves = new ArrayList<>();
    List<SearchNode> cut = new ArrayList<>();
    int lanes = judge.lanes();
    int most = Math.max(lanes / 2, Math.min(queue.size() / SHARE, GROUPS * lanes / 2));
    for (int i = 0; i < Math.max(1, most) && !queue.isEmpty(); i++) {
      cut.add(queue.remove());
      halves.addAll(cut.get(i).split());
    }
    phase = "in the bounds of a box";
    List<Supplier<List<GoalBounds>>> tasks = new ArrayList<>();
    for (int from = 0; from < halves.size(); from += lanes) {
      List<SearchNode> group = halves.subList(from, Math.min(halves.size(), from + lanes));
      tasks.add(() -> judged(group));
    }
    List<GoalBounds> judgements = crew.all(tasks);
    cut.forEach(cell -> kept -= cell.release().bytes());
    for (int i = 0; i < halves.size(); i++) {
      take(halves.get(i), judgements.get(i));
      if (!halves.get(i).isShown()) {
        BoundDomain whole = halves.get(i).domain(root);
        BoundDomain domain = judgements.get(i).clip().map(BoxClip::part).orElse(whole);
        points.add(BoxCuts.middle(domain));
        points.add(BoxCuts.corner(domain, judgements.get(i).slopes()));
      }
    }
    return attacked();
  }

  /** Tries a middle and a corner of each open box, and now and then steps from the worst of all. */
  private Optional<AttackWitness> attacked() {
    Optional<AttackWitness> found = Optional.empty();
    if (points.size() >= attack.width()) {
      for (int from = 0; from < points.size() && found.isEmpty(); from += attack.width()) {
        int to = Math.min(points.size(), from + attack.width());
        found = attack.at(points.subList(from, to));
      }
      points.clear();
    }
    if (found.isEmpty() && judged >= attackAt && !queue.isEmpty()) {
      attackAt = judged + ATTACK_EVERY;
      found = attack.within(queue.element().domain(root));
    }
    return found;
  }

  private List<GoalBounds> judged(List<SearchNode> group) {
    return judge.judge(
        group.stream().map(cell -> cell.domain(root)).toList(),
        group.stream().map(SearchNode::above).toList());
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
