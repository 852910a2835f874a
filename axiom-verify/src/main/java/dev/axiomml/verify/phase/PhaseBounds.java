package dev.axiomml.verify.phase;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.verify.bound.GraphBounds;
import dev.axiomml.verify.bound.Hinge;
import dev.axiomml.verify.bound.LowerBounds;
import dev.axiomml.verify.bound.PointReading;
import dev.axiomml.verify.goal.LinearGoal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Bounds of one linear form at up to 64 nodes at once, each a column, with slopes of the lines
 * below hinges and weights of splits that are made better step by step.
 *
 * <p>Xu et al. 2021 and Wang et al. 2021 (α,β-CROWN): the bound is concave in both; its gradient is
 * read off the point where the relaxed network is least, and followed by Adam. Used by one thread.
 */
final class PhaseBounds {
  /** Steps of a slope between its least and its greatest. */
  static final int UNIT = 128;

  private final GraphBounds bounds;
  private final LinearGoal form;
  private final List<HingeColumns> hinges;
  private final Map<Node, HingeColumns[]> places = new HashMap<>();
  private final double[] best = new double[LinearEngine.WIDTH];
  private List<PhaseNode> nodes = List.of();
  private List<LinearPanel> corners = List.of();

  PhaseBounds(GraphBounds bounds, List<Hinge> hinges, LinearGoal form) {
    this.bounds = bounds.copy();
    this.form = form;
    this.hinges = hinges.stream().map(HingeColumns::new).toList();
    for (HingeColumns hinge : this.hinges) {
      Hinge at = hinge.hinge();
      int size = at.at().in().get(0).type().shape().count();
      places.computeIfAbsent(at.at(), n -> new HingeColumns[size])[at.element()] = hinge;
    }
  }

  /** Makes the bounds of nodes better, until all are above a number, and leaves them with these. */
  void improve(List<PhaseNode> some, int steps, double enough) {
    nodes = some;
    load();
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    for (int step = 0; step <= steps; step++) {
      LowerBounds lower = lower();
      keep(lower.all());
      if (step == steps || isAbove(enough)) {
        break;
      }
      descend(lower, step);
    }
    settle();
    load();
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    LowerBounds last = lower();
    keep(last.all());
    corners = corners(last);
    for (int k = 0; k < nodes.size(); k++) {
      nodes.get(k).improve(best[k]);
    }
  }

  private void load() {
    hinges.forEach(hinge -> hinge.reset(nodes.size()));
    for (int k = 0; k < nodes.size(); k++) {
      PhaseNode.Multipliers by = nodes.get(k).multipliers();
      for (int h = 0; h < hinges.size(); h++) {
        hinges.get(h).slope(k, by.slopes()[h] & 0xff);
      }
      List<PhaseNode.Side> path = nodes.get(k).path();
      for (int i = 0; i < path.size(); i++) {
        hinges.get(path.get(i).hinge()).split(k, path.get(i).high(), by.weights()[i]);
      }
    }
  }

  private LowerBounds lower() {
    Map<Value, LinearPanel> seeds = new HashMap<>();
    form.coefficients()
        .forEach(
            (value, a) -> {
              LinearPanel panel = new LinearPanel(a.length, nodes.size());
              for (int k = 0; k < nodes.size(); k++) {
                panel.add(k, a);
              }
              seeds.put(value, panel);
            });
    hinges.forEach(HingeColumns::begin);
    return bounds.lower(seeds, this::pull);
  }

  private boolean pull(Node at, int element, double[] row, double[] sum) {
    HingeColumns[] own = places.get(at);
    if (own == null || own[element] == null) {
      return false;
    }
    own[element].pull(row, sum);
    return true;
  }

  private void keep(double[] least) {
    boolean[] better = new boolean[nodes.size()];
    for (int k = 0; k < better.length; k++) {
      better[k] = least[k] + form.constant() > best[k];
      best[k] = better[k] ? least[k] + form.constant() : best[k];
    }
    hinges.forEach(hinge -> hinge.keep(better));
  }

  private boolean isAbove(double enough) {
    boolean above = true;
    for (int k = 0; k < nodes.size(); k++) {
      above &= best[k] > enough;
    }
    return above;
  }

  /** One step along the gradient at the point where each column is least. */
  private void descend(LowerBounds lower, int step) {
    PointReading.at(bounds.graph(), corners(lower), this::relaxed);
    hinges.forEach(hinge -> hinge.step(step));
  }

  private List<LinearPanel> corners(LowerBounds lower) {
    List<LinearPanel> all = new ArrayList<>();
    List<Value> inputs = bounds.graph().graph().inputs();
    for (int input = 0; input < inputs.size(); input++) {
      all.add(corner(bounds.box(inputs.get(input)), lower.coefficients().get(input)));
    }
    return all;
  }

  private static LinearPanel corner(Box box, LinearPanel slopes) {
    LinearPanel corner = new LinearPanel(box.size(), slopes.width());
    for (int i = 0; i < box.size(); i++) {
      double[] x = corner.row(i);
      double[] a = slopes.reached(i).orElseGet(() -> new double[x.length]);
      for (int k = 0; k < x.length; k++) {
        x[k] = a[k] > 0 ? box.lo()[i] : box.hi()[i];
      }
    }
    return corner;
  }

  private void relaxed(Node at, int element, double[] x) {
    HingeColumns[] own = places.get(at);
    if (own == null || own[element] == null) {
      PointReading.values((ScalarOp) at.op(), x);
    } else {
      own[element].relaxed(x);
    }
  }

  /** Gives the nodes what was best for them, slopes rounded. */
  private void settle() {
    for (int k = 0; k < nodes.size(); k++) {
      byte[] slopes = new byte[hinges.size()];
      for (int h = 0; h < slopes.length; h++) {
        slopes[h] = hinges.get(h).slope(k);
      }
      List<PhaseNode.Side> path = nodes.get(k).path();
      float[] weights = new float[path.size()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = hinges.get(path.get(i).hinge()).weight(k);
      }
      nodes.get(k).take(new PhaseNode.Multipliers(slopes, weights));
    }
  }

  /** The hinges whose splits promise most for a node that was just bounded. */
  List<Integer> promising(int k, int most) {
    return IntStream.range(0, hinges.size())
        .filter(h -> hinges.get(h).gain(k) > 0)
        .boxed()
        .sorted(Comparator.comparingDouble(h -> -hinges.get(h).gain(k)))
        .limit(most)
        .toList();
  }

  /** The bounds of nodes as they are. */
  double[] look(List<PhaseNode> some) {
    nodes = some;
    load();
    double[] least = lower().all();
    for (int k = 0; k < least.length; k++) {
      least[k] += form.constant();
    }
    return least;
  }

  /** The inputs where the last bound of a node is least. */
  List<double[]> corner(int k) {
    return corners.stream().map(panel -> panel.column(k)).toList();
  }

  double bound(int k) {
    return best[k];
  }
}
