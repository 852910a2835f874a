package dev.axiomml.verify.attack;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.train.GradientReading;
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

/**
 * Projected gradient: signed steps against what has to be shown, from many starts.
 *
 * <p>Madry et al. 2018. Whatever it finds is replayed through the model; the same seed finds the
 * same.
 */
public final class GradientAttack {
  private static final int STEPS = 30;
  private final AttackTarget target;
  private final StartPoints starts;
  private final List<ProofGoal.Clause> clauses;

  /** An attack whose random starts follow from a seed. */
  public GradientAttack(AttackTarget target, long seed) {
    this.target = target;
    this.starts = new StartPoints(new SplittableRandom(seed));
    this.clauses =
        target.goal().clauses().stream().filter(clause -> !clause.rows().isEmpty()).toList();
  }

  /** Starts from the middle, corners and random points, until stopped. */
  public Optional<AttackWitness> run(int count, BooleanSupplier stop) {
    for (int start = 0; start < count && !stop.getAsBoolean(); start++) {
      int kind = start;
      List<double[]> point = new ArrayList<>();
      for (Box box : target.zone().domain().boxes()) {
        point.add(starts.of(box, kind));
      }
      Optional<AttackWitness> found = from(point, start, stop);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * Steps from one point, against one clause (counted round). @throws
   * dev.axiomml.verify.bound.StoppedComputation within a run once it is stopped
   */
  public Optional<AttackWitness> from(List<double[]> start, int clause, BooleanSupplier stop) {
    List<double[]> point = new ArrayList<>();
    start.forEach(x -> point.add(x.clone()));
    double step = 0.25;
    for (int i = 0; i <= STEPS; i++) {
      for (int input = 0; input < point.size(); input++) {
        target.zone().project(input, point.get(input));
      }
      List<Tensor> at = tensors(point);
      Map<Value, RuntimeValue> values =
          target
              .graph()
              .readAll(new ArrayList<RuntimeValue>(at), new StoppableRun(new Interpreter(), stop));
      Optional<AttackWitness> found = target.replay(at);
      if (found.isPresent() || clauses.isEmpty() || i == STEPS || stop.getAsBoolean()) {
        return found;
      }
      Step next = new Step(clauses.get(clause % clauses.size()), values, stop);
      move(point, next, step);
      step = Math.max(0.004, step * 0.85);
    }
    return Optional.empty();
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

  /** What a step looks at: the clause to break, and all values at the point. */
  private record Step(
      ProofGoal.Clause clause, Map<Value, RuntimeValue> values, BooleanSupplier stop) {}

  /** One signed step down the largest row of a clause: all its rows must fall below zero. */
  private void move(List<double[]> point, Step at, double step) {
    Graph graph = target.graph();
    Optional<LinearGoal> row = largest(at.clause(), at.values());
    if (row.isEmpty()) {
      return;
    }
    Map<Value, double[]> seeds = new HashMap<>(row.get().coefficients());
    Map<Value, double[]> back =
        graph.reverse(seeds, new StoppableRun.Back<>(new GradientReading(at.values()), at.stop()));
    for (int input = 0; input < point.size(); input++) {
      double[] g = back.getOrDefault(graph.inputs().get(input), new double[0]);
      Box box = target.zone().domain().boxes().get(input);
      double[] x = point.get(input);
      for (int i = 0; i < g.length; i++) {
        x[i] -= Math.signum(g[i]) * step * (box.hi()[i] - box.lo()[i]);
      }
    }
  }

  private static Optional<LinearGoal> largest(
      ProofGoal.Clause clause, Map<Value, RuntimeValue> values) {
    Optional<LinearGoal> largest = Optional.empty();
    double most = Double.NEGATIVE_INFINITY;
    for (GoalAtom.Row row : clause.rows()) {
      double value = value(row.form(), values);
      largest = largest.isEmpty() || value > most ? Optional.of(row.form()) : largest;
      most = Math.max(most, value);
    }
    return largest;
  }

  private static double value(LinearGoal form, Map<Value, RuntimeValue> values) {
    double sum = form.constant();
    for (Map.Entry<Value, double[]> part : form.coefficients().entrySet()) {
      Tensor tensor = Objects.requireNonNull(values.get(part.getKey())).tensor();
      double[] a = part.getValue();
      for (int i = 0; i < a.length; i++) {
        sum += a[i] == 0 ? 0 : a[i] * tensor.doubleAt(i);
      }
    }
    return sum;
  }
}
