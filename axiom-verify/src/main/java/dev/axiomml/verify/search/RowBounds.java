package dev.axiomml.verify.search;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.verify.bound.GraphBounds;
import dev.axiomml.verify.bound.KnownRanges;
import dev.axiomml.verify.bound.LowerBounds;
import dev.axiomml.verify.goal.GoalAtom;
import dev.axiomml.verify.goal.ProofGoal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Linear bounds of all rows of some clauses at once, on every domain.
 *
 * @param places where each row's bound is
 * @param lower as many forms together as fit, in order
 */
record RowBounds(Map<GoalAtom.Row, Integer> places, List<LowerBounds> lower, GraphBounds bounds) {
  static RowBounds of(List<ProofGoal.Clause> clauses, GraphBounds bounds) {
    Map<GoalAtom.Row, Integer> places = new LinkedHashMap<>();
    clauses.stream()
        .flatMap(clause -> clause.rows().stream())
        .filter(row -> !row.form().coefficients().isEmpty())
        .forEach(row -> places.putIfAbsent(row, places.size()));
    List<GoalAtom.Row> rows = List.copyOf(places.keySet());
    List<LowerBounds> lower = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += bounds.forms()) {
      int to = Math.min(rows.size(), from + bounds.forms());
      lower.add(bounds.lower(seeds(rows.subList(from, to), bounds.lanes())));
    }
    return new RowBounds(places, lower, bounds);
  }

  private static Map<Value, LinearPanel> seeds(List<GoalAtom.Row> rows, int lanes) {
    Map<Value, LinearPanel> seeds = new HashMap<>();
    int width = rows.size() * lanes;
    for (int column = 0; column < width; column++) {
      for (Map.Entry<Value, double[]> part :
          rows.get(column / lanes).form().coefficients().entrySet()) {
        double[] a = part.getValue();
        seeds.computeIfAbsent(part.getKey(), v -> new LinearPanel(a.length, width)).add(column, a);
      }
    }
    return seeds;
  }

  /** A sound least value of a row on a domain. */
  double least(GoalAtom.Row row, int lane) {
    int at = place(row);
    return lower.get(at / bounds.forms()).least(at % bounds.forms(), lane) + row.form().constant();
  }

  /** How a row's bound on a domain depends on each input. */
  List<double[]> slopes(GoalAtom.Row row, int lane) {
    if (!places.containsKey(row)) {
      return List.of();
    }
    int at = place(row);
    return lower.get(at / bounds.forms()).slopes(at % bounds.forms(), lane);
  }

  private int place(GoalAtom.Row row) {
    return places.getOrDefault(row, -1);
  }

  KnownRanges ranges(int lane) {
    return bounds.ranges(lane);
  }

  List<String> gaps() {
    return bounds.gaps();
  }
}
