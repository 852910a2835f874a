package dev.axiomml.verify.search;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Box;
import dev.axiomml.verify.bound.BoundDomain;
import dev.axiomml.verify.bound.GraphBounds;
import dev.axiomml.verify.bound.KnownRanges;
import dev.axiomml.verify.bound.LaneBounds;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.goal.GoalAtom;
import dev.axiomml.verify.goal.GoalSubjects;
import dev.axiomml.verify.goal.LinearGoal;
import dev.axiomml.verify.goal.ProofGoal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Shows a goal on a box: by the graph's form and intervals first, then by linear bounds. */
public final class BoundJudge {
  /** Kept free, relative to a row's magnitude, so that another arithmetic comes to the same. */
  private static final double SPARE = 1e-6;

  private final ProofGoal goal;
  private final GoalSubjects subjects;

  /** For one goal over one graph; safe to share between threads. */
  public BoundJudge(ProofGoal goal, GoalSubjects subjects) {
    this.goal = goal;
    this.subjects = subjects;
  }

  /** Whether and how the goal holds on a whole domain, by intervals too. */
  GoalBounds judge(BoundDomain whole) {
    GraphBounds plain = GraphBounds.intervals(subjects.forms(), subjects.rounding(), whole);
    if (open(goal.clauses(), plain.lane(0)).isEmpty()) {
      return GoalBounds.shown(structural() ? ProofMethod.STRUCTURE : ProofMethod.INTERVAL);
    }
    return judge(List.of(whole), List.of(KnownRanges.NONE)).get(0);
  }

  /** How the goal is shown on a whole domain at once, where it is. */
  public Optional<ProofMethod> shows(BoundDomain whole) {
    return judge(whole).shown();
  }

  /** Whether linear bounds of one domain show the goal. */
  public boolean shows(GraphBounds bounds) {
    List<ProofGoal.Clause> open = open(goal.clauses(), bounds.lane(0));
    RowBounds rows = RowBounds.of(open, bounds);
    return open.stream()
        .allMatch(clause -> clause.rows().stream().anyMatch(row -> isShown(row, rows, bounds)));
  }

  private static boolean isShown(GoalAtom.Row row, RowBounds rows, GraphBounds bounds) {
    boolean fixed = row.form().coefficients().isEmpty();
    double least = fixed ? row.form().constant() : rows.least(row, 0);
    return finite(row.form(), bounds.lane(0)) && above(row, least, bounds.lane(0));
  }

  /** The row of the only clause that bounds of one domain come closest to. */
  public Optional<GoalAtom.Row> best(GraphBounds bounds) {
    RowBounds rows = RowBounds.of(goal.clauses(), bounds);
    return goal.clauses().get(0).rows().stream()
        .filter(row -> !row.form().coefficients().isEmpty())
        .filter(row -> finite(row.form(), bounds.lane(0)))
        .max(Comparator.comparingDouble(row -> rows.least(row, 0)));
  }

  /** Linear bounds over a whole domain, with nothing known. */
  public GraphBounds bounds(BoundDomain whole) {
    return GraphBounds.linear(subjects.forms(), subjects.rounding(), whole);
  }

  /** A bound above which a row is shown with room for another arithmetic. */
  public static double enough(GoalAtom.Row row, LaneBounds bounds) {
    return SPARE * magnitude(row.form(), bounds);
  }

  /** How many domains are judged at once, at most. */
  int lanes() {
    return subjects.forms().lanes();
  }

  /** The same by linear bounds on several domains, parts of others of which ranges are known. */
  List<GoalBounds> judge(List<BoundDomain> domains, List<KnownRanges> above) {
    GraphBounds bounds = GraphBounds.linear(subjects.forms(), subjects.rounding(), domains, above);
    List<List<ProofGoal.Clause>> open =
        IntStream.range(0, domains.size())
            .mapToObj(lane -> open(goal.clauses(), bounds.lane(lane)))
            .toList();
    RowBounds rows = RowBounds.of(open.stream().flatMap(List::stream).toList(), bounds);
    return IntStream.range(0, domains.size())
        .mapToObj(
            lane ->
                worst(open.get(lane), new Scored(rows, domains.get(lane), bounds.lane(lane), lane)))
        .toList();
  }

  private boolean structural() {
    return goal.clauses().stream()
        .allMatch(
            clause -> clause.atoms().stream().anyMatch(a -> a instanceof GoalAtom.Distribution));
  }

  private List<ProofGoal.Clause> open(List<ProofGoal.Clause> clauses, LaneBounds bounds) {
    return clauses.stream()
        .filter(clause -> clause.atoms().stream().noneMatch(atom -> byBoxes(atom, bounds)))
        .toList();
  }

  private boolean byBoxes(GoalAtom atom, LaneBounds bounds) {
    if (atom instanceof GoalAtom.Finite finite) {
      return GraphBounds.finite(bounds.box(finite.value()));
    }
    if (atom instanceof GoalAtom.Distribution distribution) {
      return GraphBounds.finite(bounds.box(distribution.logits()));
    }
    if (atom instanceof GoalAtom.Positive positive) {
      return subjects.holds(positive, bounds);
    }
    if (atom instanceof GoalAtom.Row row) {
      return finite(row.form(), bounds) && aboveOverBoxes(row, bounds);
    }
    return false;
  }

  private static boolean finite(LinearGoal form, LaneBounds bounds) {
    return form.coefficients().keySet().stream().allMatch(v -> GraphBounds.finite(bounds.box(v)));
  }

  private static double overBoxes(LinearGoal form, LaneBounds bounds) {
    double sum = form.constant();
    for (Map.Entry<Value, double[]> part : form.coefficients().entrySet()) {
      Box box = bounds.box(part.getKey());
      double[] a = part.getValue();
      for (int i = 0; i < a.length; i++) {
        sum += a[i] == 0 ? 0 : a[i] * (a[i] > 0 ? box.lo()[i] : box.hi()[i]);
      }
    }
    return sum;
  }

  /** By intervals one element of weight one is compared exactly with a number. */
  private static boolean aboveOverBoxes(GoalAtom.Row row, LaneBounds bounds) {
    double least = overBoxes(row.form(), bounds);
    return isExact(row.form()) ? row.strict() ? least > 0 : least >= 0 : above(row, least, bounds);
  }

  /** Anything else with room. */
  private static boolean above(GoalAtom.Row row, double least, LaneBounds bounds) {
    double spare = enough(row, bounds);
    return row.strict() ? least > spare : least >= spare;
  }

  private static boolean isExact(LinearGoal form) {
    int terms = 0;
    for (double[] a : form.coefficients().values()) {
      for (double weight : a) {
        terms += weight == 0 ? 0 : Math.abs(weight) == 1 ? 1 : 2;
      }
    }
    return terms <= 1;
  }

  private static double magnitude(LinearGoal form, LaneBounds bounds) {
    double sum = Math.abs(form.constant());
    for (Map.Entry<Value, double[]> part : form.coefficients().entrySet()) {
      Box box = bounds.box(part.getKey());
      double[] a = part.getValue();
      for (int i = 0; i < a.length; i++) {
        double reach = Math.max(Math.abs(box.lo()[i]), Math.abs(box.hi()[i]));
        sum += a[i] == 0 ? 0 : Math.abs(a[i]) * reach;
      }
    }
    return sum;
  }

  private static GoalBounds worst(List<ProofGoal.Clause> open, Scored scored) {
    List<ProofGoal.Clause> left = open.stream().filter(clause -> !isShown(clause, scored)).toList();
    if (left.isEmpty()) {
      return GoalBounds.shown(ProofMethod.LINEAR);
    }
    ProofGoal.Clause worst =
        left.stream().min(Comparator.comparingDouble(clause -> most(clause, scored))).orElseThrow();
    return open(worst, clip(left, scored), scored);
  }

  /** A bound over a ball is not the least of its slopes over the box: nothing is cut off there. */
  private static Optional<BoxClip> clip(List<ProofGoal.Clause> left, Scored scored) {
    if (scored.domain.ball().isPresent()) {
      return Optional.empty();
    }
    return left.stream()
        .map(clause -> BoxClip.clipped(scored.domain, halves(clause, scored)))
        .reduce(BoxClip::around)
        .flatMap(boxes -> BoxClip.worth(scored.domain, boxes));
  }

  private static boolean isShown(ProofGoal.Clause clause, Scored scored) {
    return clause.rows().stream().anyMatch(row -> above(row, scored.least(row), scored.bounds()));
  }

  private static double most(ProofGoal.Clause clause, Scored scored) {
    return clause.rows().stream().mapToDouble(scored::least).max().orElse(Double.NEGATIVE_INFINITY);
  }

  /** Where an input that breaks a clause may lie: all its rows are zero or less there. */
  private static List<BoxClip.HalfSpace> halves(ProofGoal.Clause clause, Scored scored) {
    return clause.rows().stream()
        .filter(row -> !row.form().coefficients().isEmpty())
        .map(
            row ->
                BoxClip.HalfSpace.of(
                    scored.least(row) - enough(row, scored.bounds),
                    scored.rows.slopes(row, scored.lane),
                    scored.domain))
        .toList();
  }

  /** Bounds of rows, seen from one domain. */
  private record Scored(RowBounds rows, BoundDomain domain, LaneBounds bounds, int lane) {
    /** A sound least value; −∞ where nothing is known, never NaN. */
    double least(GoalAtom.Row row) {
      if (row.form().coefficients().isEmpty()) {
        return row.form().constant();
      }
      double least = finite(row.form(), bounds) ? rows.least(row, lane) : Double.NEGATIVE_INFINITY;
      return Double.isNaN(least) ? Double.NEGATIVE_INFINITY : least;
    }
  }

  private static GoalBounds open(ProofGoal.Clause clause, Optional<BoxClip> clip, Scored scored) {
    RowBounds rows = scored.rows();
    double most = most(clause, scored);
    Optional<GoalAtom.Row> best =
        clause.rows().stream().filter(row -> scored.least(row) == most).findFirst();
    return new GoalBounds(
        Optional.empty(),
        most,
        best.map(row -> rows.slopes(row, scored.lane())).orElse(List.of()),
        why(clause, rows.gaps(), most),
        clip,
        rows.ranges(scored.lane()));
  }

  private static String why(ProofGoal.Clause clause, List<String> gaps, double score) {
    for (GoalAtom atom : clause.atoms()) {
      if (atom instanceof GoalAtom.Beyond beyond) {
        return beyond.reason();
      }
    }
    return gaps.isEmpty()
        ? "bounds leave room of " + -score + " for a violation"
        : "there are no bounds: " + String.join("; ", gaps);
  }
}
