package dev.axiomml.core.op.norm;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Sums over a box of intervals where every element lies as near to one level as it can.
 *
 * <p>Numbers are measured from a centre of the box, which keeps the sums small. A segment lies
 * between two neighbouring ends; on it some elements are free, that is at the level, and the others
 * at an end.
 */
final class LevelSums {
  private static final int MANY = 8192;

  private final double[] lo;
  private final double[] hi;
  private final double epsilon;
  private final double[] ends;
  private final double[] sum;
  private final double[] squares;
  private final int[] free;
  private final NormalizedExtremes corners;

  LevelSums(double[] lo, double[] hi, double epsilon) {
    this.lo = lo;
    this.hi = hi;
    this.epsilon = epsilon;
    this.ends = new double[2 * lo.length];
    this.sum = new double[ends.length + 1];
    this.squares = new double[ends.length + 1];
    this.free = new int[ends.length + 1];
    this.corners = new NormalizedExtremes(lo, hi, epsilon);
    segments();
  }

  /**
   * An end of an interval: the upper one where {@code index} is at least the number of elements.
   */
  private record End(double value, int index) {}

  private void segments() {
    int n = lo.length;
    End[] sorted = new End[2 * n];
    for (int j = 0; j < n; j++) {
      sorted[j] = new End(lo[j], j);
      sorted[n + j] = new End(hi[j], n + j);
      sum[0] += lo[j];
      squares[0] += lo[j] * lo[j];
    }
    Arrays.sort(sorted, Comparator.comparingDouble(End::value).thenComparingInt(End::index));
    for (int k = 0; k < sorted.length; k++) {
      double value = sorted[k].value();
      int side = sorted[k].index() < n ? -1 : 1;
      ends[k] = value;
      sum[k + 1] = sum[k] + side * value;
      squares[k + 1] = squares[k] + side * value * value;
      free[k + 1] = free[k] - side;
    }
  }

  /** An upper bound of the normed element {@code i}, met where it can be positive; NaN never. */
  double most(int i, double leastDeviation) {
    int n = lo.length;
    double farthest = hi[i] - (sum[0] - lo[i] + hi[i]) / n;
    if (farthest <= 0) {
      return corners.most(i);
    }
    if (n > MANY) {
      double own = Math.sqrt(farthest * farthest / (n - 1) + epsilon);
      return farthest / Math.max(leastDeviation, own);
    }
    double best = 0;
    for (int k = 0; k < ends.length; k++) {
      best = Math.max(best, at(k, ends[k], i));
      double from = k == 0 ? ends[0] : ends[k - 1];
      double root = from < ends[k] ? root(k, i) : from;
      best = root > from && root < ends[k] ? Math.max(best, at(k, root, i)) : best;
    }
    return best * (1 + 1e-9);
  }

  /** The normed element {@code i} at its upper end, all others at a level of segment {@code k}. */
  private double at(int k, double level, int i) {
    int n = lo.length;
    double own = hi[i];
    double was = Math.max(lo[i], Math.min(hi[i], level));
    double mean = (sum[k] + free[k] * level - was + own) / n;
    double square = (squares[k] + free[k] * level * level - was * was + own * own) / n;
    double deviation = Math.sqrt(Math.max(0, square - mean * mean) + epsilon);
    return own <= mean ? 0 : (own - mean) / deviation;
  }

  /**
   * The level of segment {@code k} without a slope: measured from xᵢ, (B + nε) / A over the
   * elements that are not free.
   */
  private double root(int k, int i) {
    double own = hi[i];
    double from = k == 0 ? ends[0] : ends[k - 1];
    boolean isFree = lo[i] <= from && ends[k] <= hi[i];
    double was = isFree ? 0 : from < lo[i] ? lo[i] : hi[i];
    double others = lo.length - free[k] - (isFree ? 0 : 1);
    double a = sum[k] - was;
    double b = squares[k] - was * was;
    return own + (b - 2 * own * a + others * own * own + lo.length * epsilon) / (a - others * own);
  }

  /**
   * The smallest variance of the box, from below: every element at the level that is its own mean.
   */
  double leastVariance() {
    double from = ends[0];
    double to = ends[ends.length - 1];
    double least = 0;
    for (int step = 0; step < 100; step++) {
      double level = (from + to) / 2;
      double slope = 0;
      double square = 0;
      for (int j = 0; j < lo.length; j++) {
        double off = level < lo[j] ? lo[j] - level : Math.min(0, hi[j] - level);
        slope -= off;
        square += off * off;
      }
      least = Math.max(least, (square - 2 * Math.abs(slope) * (to - from)) / lo.length);
      from = slope < 0 ? level : from;
      to = slope < 0 ? to : level;
    }
    return least * (1 - 1e-9);
  }
}
