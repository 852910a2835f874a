package dev.axiomml.verify.phase;

import dev.axiomml.verify.attack.AttackWitness;
import dev.axiomml.verify.attack.GradientAttack;
import dev.axiomml.verify.bound.GraphBounds;
import dev.axiomml.verify.bound.Hinge;
import dev.axiomml.verify.cert.ProofLine;
import dev.axiomml.verify.goal.LinearGoal;
import dev.axiomml.verify.search.SearchCourse;
import dev.axiomml.verify.search.SearchLimits;
import dev.axiomml.verify.search.SearchResult;
import dev.axiomml.verify.search.WorkerPool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Shows that a linear form is above a number on a whole domain, by splitting hinges: the node that
 * is furthest from being shown is split next. The course does not depend on the number of threads.
 * Used once.
 */
final class PhaseSearch {
  private static final int GROUP = 64;
  private static final int ROOT_STEPS = 30;
  private static final int STEPS = 10;

  /** Steps where no hinge is open: the bound there can become exact. */
  private static final int LAST_STEPS = 200;

  /** Hinges of a node whose sides are looked at, and for how many nodes at once. */
  private static final int TRIED = 4;

  private static final int TOGETHER = GROUP / (2 * TRIED);

  /** What the better side of a split counts beside the worse. */
  private static final double BETTER = 0.3;

  /** One of so many open nodes is split in a round, the most in so many groups. */
  private static final int SHARE = 8;

  private static final int GROUPS = 16;

  /** The most bytes of multipliers that open nodes hold. */
  private static final long ROOM = 512L << 20;

  private final List<Hinge> hinges;
  private final Supplier<PhaseBounds> fresh;
  private final Queue<PhaseBounds> idle = new ConcurrentLinkedQueue<>();
  private final double enough;
  private final SearchCourse course;
  private final PriorityQueue<PhaseNode> queue =
      new PriorityQueue<>(Comparator.comparingDouble(PhaseNode::bound));
  private long judged;
  private boolean stuck;

  /** What was found at a node. */
  private record Judged(PhaseNode node, double bound, int worth, List<double[]> corner) {
    Judged by(int hinge) {
      return new Judged(node, bound, hinge, corner);
    }
  }

  /**
   * @param enough the number, with room for another arithmetic
   */
  PhaseSearch(GraphBounds root, LinearGoal form, double enough, SearchCourse course) {
    this.hinges = root.hinges();
    this.fresh = () -> new PhaseBounds(root, hinges, form);
    this.enough = enough;
    this.course = course;
  }

  /** Runs to the end or to its limits. @throws StoppedComputation when the time is over */
  SearchResult run(WorkerPool crew) {
    PhaseNode root = PhaseNode.root(slopes());
    Optional<AttackWitness> found = take(judge(crew, List.of(root), ROOT_STEPS));
    while (found.isEmpty() && !queue.isEmpty() && !stuck && goesOn()) {
      found = take(judge(crew, next(), STEPS));
    }
    if (found.isPresent()) {
      return new SearchResult.Broken(found.get());
    }
    if (queue.isEmpty() && !stuck) {
      return new SearchResult.Shown(proof(root), judged, Optional.empty());
    }
    String why = stuck ? "a part without open hinges stays open" : "the budget ended";
    String room = queue.isEmpty() ? "" : "; bounds leave room of " + -queue.element().bound();
    return new SearchResult.Open(why + " after " + judged + " parts" + room, judged);
  }

  private boolean goesOn() {
    SearchLimits limits = course.limits();
    limits.progress().at(judged + " parts, " + queue.size() + " open", -1);
    boolean room = (long) queue.size() * hinges.size() < ROOM;
    return room && !limits.stop().getAsBoolean() && judged < limits.boxes();
  }

  /** To begin with, the line that leaves less room above it. */
  private byte[] slopes() {
    byte[] slopes = new byte[hinges.size()];
    for (int h = 0; h < slopes.length; h++) {
      Hinge.Range range = hinges.get(h).range();
      slopes[h] = (byte) (range.hi() > -range.lo() ? PhaseBounds.UNIT : 0);
    }
    return slopes;
  }

  private List<PhaseNode> next() {
    int most = Math.max(GROUP, Math.min(queue.size() / SHARE, GROUPS * GROUP / 2));
    List<PhaseNode> sides = new ArrayList<>();
    for (int i = 0; i < most && !queue.isEmpty(); i++) {
      PhaseNode node = queue.remove();
      sides.addAll(node.sides());
      node.close();
    }
    return sides;
  }

  private List<Judged> judge(WorkerPool crew, List<PhaseNode> nodes, int steps) {
    List<Supplier<List<Judged>>> tasks = new ArrayList<>();
    for (int from = 0; from < nodes.size(); from += GROUP) {
      List<PhaseNode> group = nodes.subList(from, Math.min(nodes.size(), from + GROUP));
      tasks.add(() -> judged(group, steps));
    }
    return crew.all(tasks);
  }

  private List<Judged> judged(List<PhaseNode> group, int steps) {
    PhaseBounds bounds = Optional.ofNullable(idle.poll()).orElseGet(fresh);
    List<Judged> judged = new ArrayList<>();
    List<PhaseNode> last = new ArrayList<>();
    List<List<Integer>> promising = improved(bounds, group, steps, judged);
    for (int k = 0; k < group.size(); k++) {
      if (judged.get(k).bound <= enough && promising.get(k).isEmpty()) {
        last.add(group.get(k));
      }
    }
    for (int from = 0; from < group.size(); from += TOGETHER) {
      int to = Math.min(group.size(), from + TOGETHER);
      look(bounds, promising.subList(from, to), judged.subList(from, to));
    }
    if (!last.isEmpty()) {
      judged.removeIf(one -> last.contains(one.node));
      improved(bounds, last, LAST_STEPS, judged);
    }
    idle.add(bounds);
    return judged;
  }

  /** Makes bounds of nodes better; answers the hinges that are worth a look at each open one. */
  private List<List<Integer>> improved(
      PhaseBounds bounds, List<PhaseNode> group, int steps, List<Judged> to) {
    bounds.improve(group, steps, enough);
    List<List<Integer>> promising = new ArrayList<>();
    for (int k = 0; k < group.size(); k++) {
      boolean open = bounds.bound(k) <= enough;
      promising.add(open ? bounds.promising(k, TRIED) : List.of());
      to.add(new Judged(group.get(k), bounds.bound(k), -1, bounds.corner(k)));
    }
    return promising;
  }

  /** Looks at both sides of a few hinges of each open node and takes the best of them. */
  private void look(PhaseBounds bounds, List<List<Integer>> promising, List<Judged> some) {
    List<PhaseNode> sides = new ArrayList<>();
    for (int k = 0; k < some.size(); k++) {
      PhaseNode node = some.get(k).node;
      promising.get(k).forEach(hinge -> sides.addAll(node.sides(hinge)));
    }
    double[] least = sides.isEmpty() ? new double[0] : bounds.look(sides);
    int at = 0;
    for (int k = 0; k < some.size(); k++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int hinge : promising.get(k)) {
        double worth = worth(least[at], least[at + 1]);
        at += 2;
        some.set(k, worth > most ? some.get(k).by(hinge) : some.get(k));
        most = Math.max(most, worth);
      }
    }
  }

  /** How good both sides of a split are: the worse counts most, and more than enough is enough. */
  private double worth(double first, double second) {
    double a = Math.min(first, enough);
    double b = Math.min(second, enough);
    return Math.min(a, b) + BETTER * Math.max(a, b);
  }

  private Optional<AttackWitness> take(List<Judged> all) {
    judged += all.size();
    List<Judged> open = all.stream().filter(one -> one.bound <= enough).toList();
    for (Judged one : open) {
      stuck |= one.worth < 0;
      if (one.worth >= 0) {
        one.node.split(one.worth);
        queue.add(one.node);
      }
    }
    return attacked(open.stream().map(Judged::corner).toList());
  }

  private Optional<AttackWitness> attacked(List<List<double[]>> points) {
    GradientAttack attack = course.attack();
    Optional<AttackWitness> found = Optional.empty();
    for (int from = 0; from < points.size() && found.isEmpty(); from += attack.width()) {
      found = attack.at(points.subList(from, Math.min(points.size(), from + attack.width())));
    }
    return found;
  }

  private ProofLine proof(PhaseNode root) {
    ProofLine.Writer to = new ProofLine.Writer();
    Deque<PhaseNode> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      PhaseNode node = open.pop();
      if (node.sides().isEmpty()) {
        to.weighted(node.multipliers().slopes(), node.multipliers().weights());
      } else {
        to.sides(node.at());
        open.push(node.sides().get(1));
        open.push(node.sides().get(0));
      }
    }
    return to.done();
  }
}
