package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.linear.ProductLines;
import dev.axiomml.core.op.SumTerm;

/**
 * Planes on either side of products over rectangles (McCormick 1976): with p and q ends of the
 * ranges of x and y, {@code xy} lies above {@code qx + py − pq} for both lower ends, and below it
 * for the lower end of x and the upper end of y.
 */
record ProductPlanes(SumTerm term, IntegerRange a, IntegerRange b, WorkMeter meter) {
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
        (out, i, j) -> {
          long slope = first ? second(row[out], j) : first(i);
          sums.add(first ? i : j, row[out], slope);
        });
    return sums;
  }

  /** What the planes add, in units of the row. */
  Dyadic constant(long[] row) {
    WideSums corners = new WideSums(row.length);
    each((out, i, j) -> corners.add(out, first(i), second(row[out], j)));
    Dyadic sum = Dyadic.ZERO;
    for (int out = 0; out < row.length; out++) {
      sum = sum.minus(corners.at(out, a.exponent() + b.exponent()).times(row[out]));
    }
    return sum;
  }

  private long first(int i) {
    return a.lows()[i];
  }

  private long second(long weight, int j) {
    return weight >= 0 ? b.lows()[j] : b.highs()[j];
  }

  private interface Product {
    void at(int out, int i, int j);
  }

  private void each(Product to) {
    meter.read(term.nests(), new Singles(to));
  }

  /** One product at a time. */
  private record Singles(Product to) implements ProductLines {
    @Override
    public void line(int out, int outStep, int in, int inStep, int weight, int weightStep, int n) {
      for (int j = 0; j < n; j++) {
        to.at(out + j * outStep, in + j * inStep, weight + j * weightStep);
      }
    }
  }
}
