package dev.axiomml.verify.attack;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.bound.BoundDomain;
import dev.axiomml.verify.bound.PointReading;
import dev.axiomml.verify.bound.PreparedGraph;
import dev.axiomml.verify.goal.GoalAtom;
import dev.axiomml.verify.goal.LinearGoal;
import dev.axiomml.verify.goal.ProofGoal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Projected gradient: signed steps against what has to be shown, from many starts side by side.
 *
 * <p>Madry et al. 2018. The steps are taken in double precision; the most promising point of each
 * is replayed through the model, and only what breaks the claim there is answered. The same seed
 * finds the same. All runs end by {@link dev.axiomml.verify.bound.StoppedComputation} once they are
 * stopped.
 */
public final class GradientAttack {
  private static final int STEPS = 30;
  private static final int FEW_STEPS = 10;

  /** Starts that are replayed whatever double precision says of them. */
  private static final int REPLAYED = 4;

  /** The most clauses that one point is held against. */
  private static final int CLAUSES = 64;

  private final AttackTarget target;
  private final PreparedGraph forms;
  private final StartPoints starts;
  private final List<ProofGoal.Clause> clauses;
  private final int width;
  private int turn;

  /** An attack whose random starts follow from a seed. */
  public GradientAttack(AttackTarget target, PreparedGraph forms, long seed) {
    this.target = target;
    this.forms = forms;
    this.starts = new StartPoints(new SplittableRandom(seed));
    this.clauses =
        target.goal().clauses().stream().filter(clause -> !clause.rows().isEmpty()).toList();
    this.width = PointReading.width(forms);
  }

  /** How many points are tried at once. */
  public int width() {
    return width;
  }

  /** Steps from the middle, corners and random points, at least so many, until stopped. */
  public Optional<AttackWitness> run(int count, BooleanSupplier stop) {
    Optional<AttackWitness> found = Optional.empty();
    for (int done = 0; done < count && found.isEmpty() && !stop.getAsBoolean(); done += width) {
      found = descend(points(target.zone().domain(), done), STEPS);
    }
    return found;
  }

  /** A few steps from random points of a part of the region. */
  public Optional<AttackWitness> within(BoundDomain part) {
    return descend(points(part, 0), FEW_STEPS);
  }

  /** Tries points as they are. */
  public Optional<AttackWitness> at(List<List<double[]>> points) {
    return descend(points, 0);
  }

  private List<List<double[]>> points(BoundDomain domain, int first) {
    List<List<double[]>> points = new ArrayList<>();
    for (int k = 0; k < width; k++) {
      int kind = first + k;
      points.add(domain.boxes().stream().map(box -> starts.of(box, kind)).toList());
    }
    return points;
  }

  private Optional<AttackWitness> descend(List<List<double[]>> points, int steps) {
    turn++;
    Optional<AttackWitness> found = Optional.empty();
    double step = 0.25;
    for (int i = 0; i <= steps && found.isEmpty(); i++) {
      points.forEach(this::project);
      if (i == 0 && steps > 0) {
        found = replay(points.subList(0, clauses.isEmpty() ? points.size() : few(points)));
      }
      if (found.isPresent() || clauses.isEmpty()) {
        return found;
      }
      Moment at = new Moment(points, PointReading.at(forms, panels(points)), steps == 0);
      found = at.broken().flatMap(k -> replay(points.subList(k, k + 1)));
      if (i < steps && found.isEmpty()) {
        at.move(step);
        step = Math.max(0.004, step * 0.85);
      }
    }
    return found;
  }

  private static int few(List<?> points) {
    return Math.min(REPLAYED, points.size());
  }

  private void project(List<double[]> point) {
    for (int input = 0; input < point.size(); input++) {
      target.zone().project(input, point.get(input));
    }
  }

  private Optional<AttackWitness> replay(List<List<double[]>> points) {
    return points.stream()
        .peek(point -> forms.ask())
        .map(point -> target.replay(tensors(point)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private List<Tensor> tensors(List<double[]> point) {
    List<Tensor> tensors = new ArrayList<>();
    for (int input = 0; input < point.size(); input++) {
      float[] x = new float[point.get(input).length];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) point.get(input)[i];
      }
      tensors.add(Tensor.of(target.zone().shapes().get(input), x));
    }
    return tensors;
  }

  private static List<LinearPanel> panels(List<List<double[]>> points) {
    return IntStream.range(0, points.get(0).size())
        .mapToObj(input -> panel(points.stream().map(point -> point.get(input)).toList()))
        .toList();
  }

  private static LinearPanel panel(List<double[]> columns) {
    LinearPanel panel = new LinearPanel(columns.get(0).length, columns.size());
    for (int i = 0; i < panel.size(); i++) {
      double[] row = panel.row(i);
      for (int k = 0; k < row.length; k++) {
        row[k] = columns.get(k)[i];
      }
    }
    return panel;
  }

  /** A row and its value at a point. */
  private record Pick(LinearGoal form, double value) {}

  /** All points with the values there. */
  private final class Moment {
    private final List<List<double[]>> points;
    private final Map<Value, LinearPanel> values;
    private final double[] most;
    private final List<LinearGoal> largest = new ArrayList<>();

    /**
     * @param all whether a point may break any clause, or is meant for one
     */
    Moment(List<List<double[]>> points, Map<Value, LinearPanel> values, boolean all) {
      this.points = points;
      this.values = values;
      this.most = new double[points.size()];
      int tried = all ? Math.min(clauses.size(), CLAUSES) : 1;
      for (int k = 0; k < most.length; k++) {
        Pick pick = pick(clauses.get((turn + k) % clauses.size()), k);
        for (int i = 1; i < tried; i++) {
          Pick other = pick(clauses.get((turn + k + i) % clauses.size()), k);
          pick = other.value < pick.value ? other : pick;
        }
        most[k] = pick.value;
        largest.add(pick.form);
      }
    }

    /** The largest row of a clause: all its rows must fall below zero. */
    private Pick pick(ProofGoal.Clause clause, int k) {
      Pick best = new Pick(clause.rows().get(0).form(), Double.NEGATIVE_INFINITY);
      for (GoalAtom.Row row : clause.rows()) {
        double value = value(row.form(), k);
        best = value > best.value || Double.isNaN(value) ? new Pick(row.form(), value) : best;
      }
      return best;
    }

    private double value(LinearGoal form, int k) {
      double sum = form.constant();
      for (Map.Entry<Value, double[]> part : form.coefficients().entrySet()) {
        LinearPanel panel = Objects.requireNonNull(values.get(part.getKey()));
        double[] a = part.getValue();
        for (int i = 0; i < a.length; i++) {
          sum += a[i] == 0 ? 0 : a[i] * panel.row(i)[k];
        }
      }
      return sum;
    }

    /** The point that seems to break the claim most clearly; one that is NaN before any other. */
    Optional<Integer> broken() {
      int best = 0;
      for (int k = 1; k < most.length; k++) {
        best = !(most[k] >= most[best]) && !Double.isNaN(most[best]) ? k : best;
      }
      return most[best] > 0 ? Optional.empty() : Optional.of(best);
    }

    /** One signed step of every point down the largest row of its clause. */
    void move(double step) {
      Map<Value, LinearPanel> seeds = new HashMap<>();
      for (int k = 0; k < most.length; k++) {
        int column = k;
        largest
            .get(k)
            .coefficients()
            .forEach(
                (value, a) ->
                    seeds
                        .computeIfAbsent(value, v -> new LinearPanel(a.length, most.length))
                        .add(column, a));
      }
      List<LinearPanel> slopes =
          seeds.isEmpty() ? List.of() : PointReading.slopes(forms, values, seeds);
      for (int input = 0; input < slopes.size(); input++) {
        move(input, slopes.get(input), step);
      }
    }

    private void move(int input, LinearPanel slopes, double step) {
      Box box = target.zone().domain().boxes().get(input);
      for (int i = 0; i < slopes.size(); i++) {
        double[] row = slopes.reached(i).orElseGet(() -> new double[most.length]);
        double length = step * (box.hi()[i] - box.lo()[i]);
        for (int k = 0; k < row.length; k++) {
          points.get(k).get(input)[i] -= Math.signum(row[k]) * length;
        }
      }
    }
  }
}
