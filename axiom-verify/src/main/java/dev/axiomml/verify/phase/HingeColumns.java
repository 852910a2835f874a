package dev.axiomml.verify.phase;

import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.verify.bound.Hinge;
import java.util.Arrays;

/** One hinge at up to 64 nodes: its lines, and what Adam (Kingma and Ba 2015) keeps of each. */
final class HingeColumns {
  private static final double RATE = 0.1;
  private static final double DECAY = 0.98;
  private static final double FIRST = 0.9;
  private static final double SECOND = 0.999;
  private static final double TINY = 1e-12;

  private final Hinge hinge;
  private final double[] slope = fresh();
  private final double[] highSlope = fresh();
  private final double[] low = fresh();
  private final double[] high = fresh();
  private final double[] weight = fresh();
  private final double[] side = fresh();
  private final double[] coefficient = fresh();
  private final double[] place = fresh();
  private final double[] mean = fresh();
  private final double[] square = fresh();
  private final double[] bestSlope = fresh();
  private final double[] bestWeight = fresh();
  private final double[] bestCoefficient = fresh();
  private int nodes;
  private boolean reached;

  HingeColumns(Hinge hinge) {
    this.hinge = hinge;
  }

  private static double[] fresh() {
    return new double[LinearEngine.WIDTH];
  }

  Hinge hinge() {
    return hinge;
  }

  /** An open hinge at every node, without a weight. */
  void reset(int count) {
    nodes = count;
    Hinge.Lines lines = hinge.lines();
    Arrays.fill(highSlope, lines.slope());
    Arrays.fill(high, lines.high());
    Arrays.fill(low, -lines.margin());
    for (double[] zero : new double[][] {weight, side, mean, square, coefficient, place}) {
      Arrays.fill(zero, 0);
    }
  }

  /** Before a walk: no coefficient has come here. */
  void begin() {
    reached = false;
  }

  /** Sets the slope of the line below at a node. */
  void slope(int k, int units) {
    slope[k] = between((double) units / PhaseBounds.UNIT);
  }

  private double between(double share) {
    return hinge.below() + (hinge.above() - hinge.below()) * share;
  }

  /** Puts the hinge on one of its pieces at a node. */
  void split(int k, boolean above, float by) {
    double exact = above ? hinge.above() : hinge.below();
    slope[k] = exact;
    highSlope[k] = exact;
    high[k] = hinge.lines().margin();
    side[k] = above ? 1 : -1;
    weight[k] = by;
  }

  /** Takes coefficients back: through the lines, and less the weight of the split. */
  void pull(double[] row, double[] sum) {
    double loss = hinge.lines().loss();
    reached = true;
    for (int k = 0; k < row.length; k++) {
      double magnitude = Math.abs(row[k]);
      double up = 0.5 * (row[k] + magnitude);
      double down = 0.5 * (row[k] - magnitude);
      double taken = up * slope[k] + down * highSlope[k] - side[k] * weight[k];
      coefficient[k] = row[k];
      sum[k] += up * low[k] + down * high[k] - Math.abs(taken) * loss;
      row[k] = taken;
    }
  }

  /** The relaxed function at the places where each column is least. */
  void relaxed(double[] x) {
    for (int k = 0; k < x.length; k++) {
      place[k] = x[k];
      x[k] = coefficient[k] > 0 ? slope[k] * x[k] : highSlope[k] * x[k] + high[k];
    }
  }

  /** Remembers what is best at some nodes; where no coefficient came, no weight was taken. */
  void keep(boolean[] better) {
    if (!reached) {
      Arrays.fill(coefficient, 0);
    }
    for (int k = 0; k < better.length; k++) {
      bestSlope[k] = better[k] ? slope[k] : bestSlope[k];
      bestWeight[k] = better[k] ? (reached ? weight[k] : 0) : bestWeight[k];
      bestCoefficient[k] = better[k] ? coefficient[k] : bestCoefficient[k];
    }
  }

  /** One step of Adam: the slope of an open hinge, the weight of a split one. */
  void step(int number) {
    double rate = RATE * Math.pow(DECAY, number);
    double first = 1 / (1 - Math.pow(FIRST, number + 1));
    double second = 1 / (1 - Math.pow(SECOND, number + 1));
    for (int k = 0; k < nodes; k++) {
      boolean open = side[k] == 0;
      double gradient = open ? Math.max(coefficient[k], 0) * place[k] : -side[k] * place[k];
      mean[k] = FIRST * mean[k] + (1 - FIRST) * gradient;
      square[k] = SECOND * square[k] + (1 - SECOND) * gradient * gradient;
      double move = rate * first * mean[k] / (Math.sqrt(square[k] * second) + TINY);
      if (open) {
        double share = hinge.above() - hinge.below();
        slope[k] = Math.min(hinge.above(), Math.max(hinge.below(), slope[k] + move * share));
      } else {
        weight[k] = (float) Math.max(0, weight[k] + move);
      }
    }
  }

  /** The best slope of the line below at a node, in units. */
  byte slope(int k) {
    double share = (bestSlope[k] - hinge.below()) / (hinge.above() - hinge.below());
    return (byte) Math.max(0, Math.min(PhaseBounds.UNIT, Math.round(share * PhaseBounds.UNIT)));
  }

  float weight(int k) {
    return (float) bestWeight[k];
  }

  /** What a split may gain at a node: the height of the triangle between the lines, weighed. */
  double gain(int k) {
    if (side[k] != 0) {
      return 0;
    }
    double l = hinge.range().lo();
    double u = hinge.range().hi();
    double height = -l * u / (u - l) * (hinge.above() - hinge.below());
    double a = bestCoefficient[k];
    return a < 0 ? -a * height : 0.3 * a * Math.min(height, Math.max(-l, u));
  }
}
