package dev.axiomml.verify.bound;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.linear.ProductLines;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.tensor.Shape;
import java.util.Arrays;

/** Sums of products of two values, made ready for many boxes. */
final class BilinearBounds {
  private final BilinearOp op;
  private final Shape first;
  private final Shape second;
  private final int[] terms;

  BilinearBounds(Node at, StopWatch watch) {
    this.op = (BilinearOp) at.op();
    this.first = at.in().get(0).type().shape();
    this.second = at.in().get(1).type().shape();
    this.terms = new int[op.out(first, second).count()];
    each((out, a, b) -> terms[out]++, watch);
  }

  /** Receives products: output element, element of the first operand, of the second. */
  @FunctionalInterface
  interface Product {
    void product(int out, int a, int b);
  }

  void each(Product to, StopWatch watch) {
    Singles singles = new Singles(to);
    for (LoopNest nest : op.nests(first, second)) {
      nest.lines(
          (out, outStep, a, aStep, b, bStep, n) -> {
            watch.spend(n);
            singles.line(out, outStep, a, aStep, b, bStep, n);
          });
    }
  }

  /** The number of products. */
  long work() {
    return Arrays.stream(terms).asLongStream().sum();
  }

  /** The sum of magnitudes of every output. */
  double[] magnitudes(Box a, Box b, StopWatch watch) {
    double[] sums = new double[terms.length];
    LinearEngine.metered(watch::spend).run(op.nests(first, second), sums, reach(a), reach(b));
    return sums;
  }

  /** How far executions may be from the real sums. */
  double[] margin(double[] magnitudes, RoundingModel rounding) {
    double[] margin = magnitudes.clone();
    for (int o = 0; o < margin.length; o++) {
      margin[o] =
          Double.isNaN(margin[o])
              ? Double.POSITIVE_INFINITY
              : rounding.ofSum(margin[o], terms[o], terms[o]);
    }
    return margin;
  }

  Box box(Box a, Box b, RoundingModel rounding, StopWatch watch) {
    Box y = new Box(new double[terms.length], new double[terms.length]);
    each((out, i, j) -> add(y, out, corners(a, i, b, j)), watch);
    double[] margin = margin(magnitudes(a, b, watch), rounding);
    for (int o = 0; o < margin.length; o++) {
      y.lo()[o] -= margin[o];
      y.hi()[o] += margin[o];
    }
    return y.sane();
  }

  private static void add(Box y, int out, double[] corners) {
    y.lo()[out] += Math.min(Math.min(corners[0], corners[1]), Math.min(corners[2], corners[3]));
    y.hi()[out] += Math.max(Math.max(corners[0], corners[1]), Math.max(corners[2], corners[3]));
  }

  private static double[] corners(Box a, int i, Box b, int j) {
    return new double[] {
      a.lo()[i] * b.lo()[j], a.lo()[i] * b.hi()[j], a.hi()[i] * b.lo()[j], a.hi()[i] * b.hi()[j]
    };
  }

  private static double[] reach(Box box) {
    double[] reach = new double[box.size()];
    Arrays.setAll(reach, i -> Math.max(Math.abs(box.lo()[i]), Math.abs(box.hi()[i])));
    return reach;
  }

  /** One product at a time. */
  record Singles(Product to) implements ProductLines {
    @Override
    public void line(int out, int outStep, int in, int inStep, int weight, int weightStep, int n) {
      for (int j = 0; j < n; j++) {
        to.product(out + j * outStep, in + j * inStep, weight + j * weightStep);
      }
    }
  }
}
