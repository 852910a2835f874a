package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Indices;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * Ranges of means of attention's values with weights that sum to one, whatever the weights.
 *
 * @param in types of queries, keys, values and perhaps a mask that is added
 * @param x their boxes, finite
 * @param scale the factor of the products
 */
record WeightedMeans(List<Type> in, List<Box> x, double scale) {
  private static final int VALUES = 2;

  /** The box of an output, float32 rounding included. */
  Box box(Shape out) {
    Box y = new Box(new double[out.count()], new double[out.count()]);
    Shape values = in.get(VALUES).shape();
    Shape lead = out.sub(0, out.rank() - 2);
    Shape from = values.sub(0, values.rank() - 2);
    int[] matrices = Indices.walk(lead.sizes(), Indices.broadcast(from, lead));
    int columns = out.size(-1);
    int matrix = out.size(-2) * columns;
    boolean overflows = !(largest() < Float.MAX_VALUE / 4.0);
    for (int i = 0; i < y.size(); i++) {
      int first = matrices[i / matrix] * values.size(-2) * columns + i % columns;
      Interval mean = mean(first, values.size(-2), columns);
      (overflows ? Interval.ANY : mean).put(y, i);
    }
    return y.sane();
  }

  /** The range of a mean of every so-many-th value. */
  private Interval mean(int first, int keys, int step) {
    double lo = Double.POSITIVE_INFINITY;
    double hi = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < keys; k++) {
      lo = Math.min(lo, x.get(VALUES).lo()[first + k * step]);
      hi = Math.max(hi, x.get(VALUES).hi()[first + k * step]);
    }
    Interval all = new Interval(lo, hi);
    return keys == 0 ? Interval.ANY : all.wider(margin(all.size(), keys));
  }

  /** The shares are off by softmax's margin, their products and sums round once each. */
  private static double margin(double size, int keys) {
    double relative = Softmax.margin(keys) + (keys + 2) * Interval.U * 1.01;
    return size * relative + (size + 1) * 2 * keys * Interval.TINY;
  }

  /** No product, nor what is added to it, is larger. */
  private double largest() {
    double product = Math.max(1, Math.abs(scale)) * size(0) * size(1) * in.get(0).shape().size(-1);
    return product * 1.01 + (x.size() > VALUES + 1 ? size(VALUES + 1) : 0);
  }

  private double size(int operand) {
    double most = 0;
    for (int i = 0; i < x.get(operand).size(); i++) {
      most = Math.max(most, Interval.of(x.get(operand), i).size());
    }
    return most;
  }
}
