package dev.axiomml.verify.search;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.op.Box;
import dev.axiomml.verify.bound.BoundDomain;
import dev.axiomml.verify.bound.GraphBounds;
import dev.axiomml.verify.bound.KnownRanges;
import dev.axiomml.verify.bound.LowerBounds;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.goal.GoalAtom;
import dev.axiomml.verify.goal.GoalSubjects;
import dev.axiomml.verify.goal.LinearGoal;
import dev.axiomml.verify.goal.ProofGoal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** Whether and how the goal holds on a whole domain, a part of one of which ranges are known. */
  GoalBounds judge(BoundDomain domain, KnownRanges above) {
    GraphBounds plain = GraphBounds.intervals(subjects.forms(), subjects.rounding(), domain);
    List<ProofGoal.Clause> open = open(goal.clauses(), plain);
    if (open.isEmpty()) {
      return GoalBounds.shown(structural() ? ProofMethod.STRUCTURE : ProofMethod.INTERVAL);
    }
    GraphBounds linear = GraphBounds.linear(subjects.forms(), subjects.rounding(), domain, above);
    List<ProofGoal.Clause> left = open(open, linear);
    return left.isEmpty() ? GoalBounds.shown(ProofMethod.LINEAR) : byRows(left, linear);
  }

  private boolean structural() {
    return goal.clauses().stream()
        .allMatch(
            clause -> clause.atoms().stream().anyMatch(a -> a instanceof GoalAtom.Distribution));
  }

  private List<ProofGoal.Clause> open(List<ProofGoal.Clause> clauses, GraphBounds bounds) {
    return clauses.stream()
        .filter(clause -> clause.atoms().stream().noneMatch(atom -> byBoxes(atom, bounds)))
        .toList();
  }

  private boolean byBoxes(GoalAtom atom, GraphBounds bounds) {
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

  private static boolean finite(LinearGoal form, GraphBounds bounds) {
    return form.coefficients().keySet().stream().allMatch(v -> GraphBounds.finite(bounds.box(v)));
  }

  private static double overBoxes(LinearGoal form, GraphBounds bounds) {
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
  private static boolean aboveOverBoxes(GoalAtom.Row row, GraphBounds bounds) {
    double least = overBoxes(row.form(), bounds);
    return isExact(row.form()) ? row.strict() ? least > 0 : least >= 0 : above(row, least, bounds);
  }

  /** Anything else with room. */
  private static boolean above(GoalAtom.Row row, double least, GraphBounds bounds) {
    double spare = SPARE * magnitude(row.form(), bounds);
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

  private static double magnitude(LinearGoal form, GraphBounds bounds) {
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

  /** Linear bounds of all rows of the open clauses at once. */
  private GoalBounds byRows(List<ProofGoal.Clause> open, GraphBounds bounds) {
    Map<GoalAtom.Row, Integer> places = new LinkedHashMap<>();
    open.stream()
        .flatMap(clause -> clause.rows().stream())
        .filter(row -> !row.form().coefficients().isEmpty() && finite(row.form(), bounds))
        .forEach(row -> places.putIfAbsent(row, places.size()));
    Scored scored = new Scored(places, lower(List.copyOf(places.keySet()), bounds), bounds);
    return open.stream()
        .map(clause -> clause(clause, scored))
        .filter(judgement -> judgement.shown().isEmpty())
        .min(Comparator.comparingDouble(GoalBounds::score))
        .orElse(GoalBounds.shown(ProofMethod.LINEAR));
  }

  /** Bounds of all rows, 64 at a time. */
  private static List<LowerBounds> lower(List<GoalAtom.Row> rows, GraphBounds bounds) {
    List<LowerBounds> lower = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += LinearEngine.WIDTH) {
      int to = Math.min(rows.size(), from + LinearEngine.WIDTH);
      lower.add(bounds.lower(seeds(rows.subList(from, to))));
    }
    return lower;
  }

  private record Scored(
      Map<GoalAtom.Row, Integer> places, List<LowerBounds> lower, GraphBounds bounds) {
    /** A sound least value; −∞ where nothing is known, never NaN. */
    double least(GoalAtom.Row row) {
      if (row.form().coefficients().isEmpty()) {
        return row.form().constant();
      }
      Integer at = places.get(row);
      double least =
          at == null
              ? Double.NEGATIVE_INFINITY
              : lower.get(at / LinearEngine.WIDTH).least()[at % LinearEngine.WIDTH]
                  + row.form().constant();
      return Double.isNaN(least) ? Double.NEGATIVE_INFINITY : least;
    }
  }

  private static Map<Value, LinearPanel> seeds(List<GoalAtom.Row> rows) {
    Map<Value, LinearPanel> seeds = new HashMap<>();
    for (int column = 0; column < rows.size(); column++) {
      int at = column;
      rows.get(column)
          .form()
          .coefficients()
          .forEach(
              (value, a) ->
                  seeds
                      .computeIfAbsent(value, v -> new LinearPanel(a.length, rows.size()))
                      .add(at, a));
    }
    return seeds;
  }

  private static GoalBounds clause(ProofGoal.Clause clause, Scored scored) {
    Optional<GoalAtom.Row> best = Optional.empty();
    double most = Double.NEGATIVE_INFINITY;
    for (GoalAtom.Row row : clause.rows()) {
      double least = scored.least(row);
      if (above(row, least, scored.bounds())) {
        return GoalBounds.shown(ProofMethod.LINEAR);
      }
      best = best.isEmpty() || least > most ? Optional.of(row) : best;
      most = Math.max(most, least);
    }
    return new GoalBounds(
        Optional.empty(),
        most,
        slopes(best, scored),
        why(clause, scored, most),
        scored.bounds().ranges());
  }

  private static List<double[]> slopes(Optional<GoalAtom.Row> row, Scored scored) {
    Integer at = row.map(scored.places()::get).orElse(null);
    return at == null
        ? List.of()
        : scored.lower().get(at / LinearEngine.WIDTH).coefficients().stream()
            .map(a -> a.column(at % LinearEngine.WIDTH))
            .toList();
  }

  private static String why(ProofGoal.Clause clause, Scored scored, double score) {
    for (GoalAtom atom : clause.atoms()) {
      if (atom instanceof GoalAtom.Beyond beyond) {
        return beyond.reason();
      }
    }
    List<String> gaps = scored.bounds().gaps();
    return gaps.isEmpty()
        ? "bounds leave room of " + -score + " for a violation"
        : "there are no bounds: " + String.join("; ", gaps);
  }
}
