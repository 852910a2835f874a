package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.linear.ProductLines;
import dev.axiomml.core.op.SumTerm;

/**
 * Planes on either side of products over rectangles (McCormick 1976): with p and q ends of the
 * ranges of x and y, {@code xy} lies above {@code qx + py − pq} for both lower or both upper ends,
 * and below it for a lower and an upper one.
 *
 * <p>Each plane is sound, so which of two is taken is no matter of exactness: the one that varies
 * less over the rectangle, of two that vary much the same the one at the lower end of x.
 */
record ProductPlanes(SumTerm term, IntegerRange a, IntegerRange b, WorkMeter meter) {
  /** The share of its variation by which the other plane has to vary less. */
  private static final double LEAD = 0x1p-10;

  static ProductPlanes of(SumTerm term, CellKnowledge known, Node at, WorkMeter meter) {
    IntegerRange a = known.range(at.in().get(term.operand()));
    return new ProductPlanes(term, a, known.range(at.in().get(term.factor())), meter);
  }

  /** Whether an operand is one of the two factors. */
  boolean reads(int operand) {
    return operand == term.operand() || operand == term.factor();
  }

  /** The exponent of the slopes in an operand. */
  int exponent(int operand) {
    return operand == term.operand() ? b.exponent() : a.exponent();
  }

  /** What weights on the outputs are as weights on an operand. */
  WideSums back(int operand, long[] row) {
    boolean first = operand == term.operand();
    WideSums sums = new WideSums((first ? a : b).size());
    each(
        row,
        (out, i, j, end) -> {
          long slope = first ? second(row[out], j, end) : first(i, end);
          sums.add(first ? i : j, row[out], slope);
        });
    return sums;
  }

  /** What the planes add, in units of the row. */
  Dyadic constant(long[] row) {
    WideSums corners = new WideSums(row.length);
    each(row, (out, i, j, end) -> corners.add(out, first(i, end), second(row[out], j, end)));
    Dyadic sum = Dyadic.ZERO;
    for (int out = 0; out < row.length; out++) {
      sum = sum.minus(corners.at(out, a.exponent() + b.exponent()).times(row[out]));
    }
    return sum;
  }

  /** The corner's end of x. */
  private long first(int i, boolean upper) {
    return upper ? a.highs()[i] : a.lows()[i];
  }

  /** The corner's end of y: of the same side below the product, of the other above it. */
  private long second(long weight, int j, boolean upper) {
    return upper == (weight >= 0) ? b.highs()[j] : b.lows()[j];
  }

  /** Whether the plane is taken that touches at the upper end of x. */
  private boolean upper(long weight, int i, int j) {
    return variation(weight, i, j, true) < variation(weight, i, j, false) * (1 - LEAD);
  }

  private double variation(long weight, int i, int j, boolean upper) {
    double width = (double) a.highs()[i] - a.lows()[i];
    double height = (double) b.highs()[j] - b.lows()[j];
    return Math.abs((double) second(weight, j, upper)) * width
        + Math.abs((double) first(i, upper)) * height;
  }

  private interface Product {
    void at(int out, int i, int j, boolean upper);
  }

  /** The products whose output has a weight. */
  private void each(long[] row, Product to) {
    meter.read(term.nests(), new Singles(this, row, to));
  }

  /** One product at a time. */
  private record Singles(ProductPlanes planes, long[] row, Product to) implements ProductLines {
    @Override
    public void line(int out, int outStep, int in, int inStep, int weight, int weightStep, int n) {
      for (int k = 0; k < n; k++) {
        int o = out + k * outStep;
        int i = in + k * inStep;
        int j = weight + k * weightStep;
        if (row[o] != 0) {
          to.at(o, i, j, planes.upper(row[o], i, j));
        }
      }
    }
  }
}
