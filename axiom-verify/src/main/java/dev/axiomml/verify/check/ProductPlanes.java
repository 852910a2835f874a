package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.linear.ProductLines;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.tensor.Shape;

/**
 * Planes on either side of products over rectangles (McCormick 1976): with p and q ends of the
 * ranges of x and y, {@code xy} lies above {@code qx + py − pq} for both lower ends, and below it
 * for the lower end of x and the upper end of y.
 */
record ProductPlanes(
    BilinearOp op, IntegerRange a, IntegerRange b, Shape[] shapes, WorkMeter meter) {
  ProductPlanes(BilinearOp op, CellKnowledge known, Node at) {
    this(
        op,
        known.range(at.in().get(0)),
        known.range(at.in().get(1)),
        new Shape[] {at.in().get(0).type().shape(), at.in().get(1).type().shape()},
        WorkMeter.endless());
  }

  /** The same, paid for from a meter. */
  ProductPlanes paidFrom(WorkMeter other) {
    return new ProductPlanes(op, a, b, shapes, other);
  }

  /** The exponent of the slopes in an operand. */
  int exponent(int operand) {
    return operand == 0 ? b.exponent() : a.exponent();
  }

  /** What weights on the outputs are as weights on an operand. */
  WideSums back(int operand, long[] row) {
    WideSums sums = new WideSums(shapes[operand].count());
    each(
        (out, i, j) -> {
          long slope = operand == 0 ? second(row[out], j) : first(i);
          sums.add(operand == 0 ? i : j, row[out], slope);
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
    meter.read(op.nests(shapes[0], shapes[1]), new Singles(to));
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
