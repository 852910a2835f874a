package dev.axiomml.verify.check.integer;

/**
 * Lines on either side of one or two straight pieces, for elements one after another: any slope is
 * sound, since where the line crosses zero input is told by all corners.
 */
final class StraightLines {
  private final int exponent;
  private final double[] slopes = new double[2];

  /**
   * @param exponent of the slopes
   */
  StraightLines(int exponent) {
    this.exponent = exponent;
  }

  /** Chooses slopes: the piece over the middle on the side of the bend, the chord on the other. */
  void choose(double[] x, double[] y) {
    int last = x.length - 1;
    double chord = x[0] < x[last] ? (y[last] - y[0]) / (x[last] - x[0]) : 0;
    slopes[0] = chord;
    slopes[1] = chord;
    if (last == 2) {
      double left = (y[1] - y[0]) / (x[1] - x[0]);
      double right = (y[2] - y[1]) / (x[2] - x[1]);
      boolean bowl = left <= right;
      slopes[bowl ? 0 : 1] = x[0] + (x[2] - x[0]) / 2 > x[1] ? right : left;
    }
  }

  /** Gives the line below two pieces a slope so far between that of the left and of the right. */
  void lean(double[] x, double[] y, double share) {
    if (x.length == 3) {
      double left = (y[1] - y[0]) / (x[1] - x[0]);
      double right = (y[2] - y[1]) / (x[2] - x[1]);
      slopes[0] = left + (right - left) * share;
    }
  }

  /** The slope of the line below, or of the one above. */
  double slope(boolean below) {
    return slopes[below ? 0 : 1];
  }

  /**
   * The least of {@code y − k·x} over corners, of its negative where {@code sign} is −1, as the
   * first of some sums.
   *
   * @param k a slope, in units of its exponent
   */
  FloorSums least(long k, int sign, double[][] corners) {
    FloorSums at = new FloorSums(corners[0].length);
    for (int j = 0; j < corners[0].length; j++) {
      double x = corners[0][j];
      double y = corners[1][j];
      at.add(j, sign * FloorSums.whole(y), FloorSums.unit(y));
      at.add(j, -sign * k, FloorSums.whole(x), FloorSums.unit(x) + exponent);
      at.min(0, j);
    }
    return at;
  }
}
