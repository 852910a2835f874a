package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.linear.ProductLines;
import dev.axiomml.core.op.SumTerm;
import java.util.Arrays;

/**
 * Planes on either side of products over rectangles (McCormick 1976): with p and q ends of the
 * ranges of x and y, {@code xy} lies above {@code qx + py − pq} for both lower or both upper ends,
 * and below it for a lower and an upper one.
 *
 * <p>Each plane is sound, so which of two is taken is no matter of exactness: the one that varies
 * less over the rectangle, of two that vary much the same the one at the lower end of x.
 *
 * @param a range of the first factor
 * @param b of the second
 */
record ProductPlanes(SumTerm term, IntegerRange a, IntegerRange b) {
  /** The share of its variation by which the other plane has to vary less. */
  private static final double LEAD = 0x1p-10;

  /** A corner that a plane touches, as units of its two ends. */
  private record Corner(long p, long q) {
    double variation(double width, double height) {
      return Math.abs((double) q) * width + Math.abs((double) p) * height;
    }
  }

  /** The corner of the plane below the product. */
  private Corner below(int i, int j) {
    Corner low = new Corner(a.lows()[i], b.lows()[j]);
    return flatter(low, new Corner(a.highs()[i], b.highs()[j]), i, j);
  }

  private Corner above(int i, int j) {
    Corner left = new Corner(a.lows()[i], b.highs()[j]);
    return flatter(left, new Corner(a.highs()[i], b.lows()[j]), i, j);
  }

  private Corner flatter(Corner corner, Corner other, int i, int j) {
    double width = (double) a.highs()[i] - a.lows()[i];
    double height = (double) b.highs()[j] - b.lows()[j];
    boolean flatter = other.variation(width, height) < corner.variation(width, height) * (1 - LEAD);
    return flatter ? other : corner;
  }

  /**
   * Adds what weights on the outputs are as weights on both factors.
   *
   * @return what the planes add to the outputs
   */
  IntegerRange back(IntegerRows rows, WidePanel first, WidePanel second, WorkMeter meter) {
    WideSums below = new WideSums(rows.weights().length, a.bits());
    WideSums above = new WideSums(rows.weights().length, a.bits());
    ProductLines lines =
        (out, outStep, in, inStep, weight, weightStep, n) -> {
          for (int k = 0; k < n; k++) {
            int o = out + k * outStep;
            int i = in + k * inStep;
            int j = weight + k * weightStep;
            long[] row = rows.weights()[o];
            if (row != null) {
              Corner low = below(i, j);
              Corner high = above(i, j);
              first.add(i, row, low.q, high.q);
              second.add(j, row, low.p, high.p);
              below.add(o, low.p, low.q);
              above.add(o, high.p, high.q);
            }
          }
        };
    meter.read(term.nests(), 2L * rows.count(), lines);
    return constants(below, above);
  }

  /** For positive weights what a plane below adds, for negative ones what a plane above does. */
  private IntegerRange constants(WideSums below, WideSums above) {
    int size = below.size();
    Dyadic[] low = new Dyadic[size];
    Dyadic[] high = new Dyadic[size];
    Arrays.setAll(low, o -> below.at(o, a.exponent() + b.exponent()).negate());
    Arrays.setAll(high, o -> above.at(o, a.exponent() + b.exponent()).negate());
    return IntegerRange.of(low, high, a.bits());
  }
}
