package dev.axiomml.core.op.norm;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The largest normed value of an element that lies below the mean wherever the others are.
 *
 * <p>For a given mean the variance is largest, up to a chord, when elements go to their upper ends
 * in the order of their middles: a knapsack with parts. The distance to the mean over the deviation
 * is then least at a whole step, or where its slope on a step vanishes.
 */
final class NormalizedExtremes {
  private final double[] lo;
  private final double[] hi;
  private final double epsilon;
  private final int[] order;
  private final int[] rank;
  private final double[] sum;
  private final double[] squares;

  NormalizedExtremes(double[] lo, double[] hi, double epsilon) {
    int n = lo.length;
    this.lo = lo;
    this.hi = hi;
    this.epsilon = epsilon;
    this.order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -(lo[j] + hi[j])))
            .mapToInt(j -> j)
            .toArray();
    this.rank = new int[n];
    this.sum = new double[n + 1];
    this.squares = new double[n + 1];
    steps();
  }

  private void steps() {
    for (int j = 0; j < lo.length; j++) {
      rank[order[j]] = j;
      sum[0] += lo[j];
      squares[0] += lo[j] * lo[j];
    }
    for (int k = 0; k < order.length; k++) {
      double up = hi[order[k]];
      double down = lo[order[k]];
      sum[k + 1] = sum[k] + up - down;
      squares[k + 1] = squares[k] + (up - down) * (up + down);
    }
  }

  /** The largest normed value of element {@code i}, not positive. */
  double most(int i) {
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k <= order.length; k++) {
      double distance = distance(k, i);
      double square = square(k, i);
      least = Math.min(least, ratio(distance, square));
      if (k > 0 && order[k - 1] != i && distance > distance(k - 1, i)) {
        double slope = (square - square(k - 1, i)) / (distance - distance(k - 1, i));
        double root = -2 * (square - slope * distance + epsilon) / slope;
        boolean inside = root > distance(k - 1, i) && root < distance;
        least = inside ? Math.min(least, ratio(root, square + slope * (root - distance))) : least;
      }
    }
    return -least * (1 - 1e-9);
  }

  /**
   * Distance below the mean over the deviation; {@code square} is the mean square distance to the
   * element.
   */
  private double ratio(double distance, double square) {
    double deviation = Math.sqrt(Math.max(0, square - distance * distance) + epsilon);
    return distance <= 0 ? 0 : distance / deviation;
  }

  private double distance(int k, int i) {
    double was = rank[i] < k ? hi[i] : lo[i];
    return (sum[k] - was + hi[i]) / lo.length - hi[i];
  }

  private double square(int k, int i) {
    double was = rank[i] < k ? hi[i] : lo[i];
    double own = hi[i];
    int n = lo.length;
    return (squares[k] - was * was - 2 * own * (sum[k] - was) + (n - 1) * own * own) / n;
  }
}
