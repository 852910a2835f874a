package dev.axiomml.core.op.image;

import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Pixels blended axis by axis: the weight of a pixel is the product of its weights along each
 * spatial axis.
 */
final class PixelBlending {
  private final List<Row> rows;

  /** One axis: {@code per} entries for each output position. */
  private record Row(int in, int out, int per, int[] index, double[] weight) {}

  /** Receives an output pixel, an input pixel, a place in the table and the weight. */
  @FunctionalInterface
  private interface Sink {
    void add(int out, int in, int place, double weight);
  }

  private PixelBlending(List<Row> rows) {
    this.rows = rows;
  }

  /** The blend of an operator along axes. */
  static PixelBlending of(List<ResizeCoordinates.Axis> axes, BlendOp op) {
    List<Row> rows = new ArrayList<>();
    for (ResizeCoordinates.Axis axis : axes) {
      double shrink = op.sampling().antialias() ? Math.min(1, axis.factor()) : 1;
      Row row = row(axis, (int) Math.ceil(op.reach() / shrink));
      for (int at = 0; at < axis.out(); at++) {
        double source = op.sampling().coordinates().source(at, axis);
        fill(row, at, source, position -> op.filter(position * shrink));
        settle(row, at, op.sampling());
      }
      rows.add(row);
    }
    return new PixelBlending(rows);
  }

  private static Row row(ResizeCoordinates.Axis axis, int radius) {
    int per = 2 * radius;
    return new Row(
        axis.in(), axis.out(), per, new int[axis.out() * per], new double[axis.out() * per]);
  }

  private static void fill(Row row, int at, double source, DoubleUnaryOperator filter) {
    int first = (int) Math.floor(source) - row.per / 2 + 1;
    for (int k = 0; k < row.per; k++) {
      row.index[at * row.per + k] = first + k;
      row.weight[at * row.per + k] = filter.applyAsDouble(source - (first + k));
    }
  }

  /** Moves what lies outside to the border or drops it, and makes the sum one where it is not. */
  private static void settle(Row row, int at, ResizeSampling sampling) {
    double sum = 0;
    for (int k = at * row.per; k < (at + 1) * row.per; k++) {
      boolean inside = row.index[k] >= 0 && row.index[k] < row.in;
      row.weight[k] = inside || !sampling.excludeOutside() ? row.weight[k] : 0;
      row.index[k] = Math.max(0, Math.min(row.in - 1, row.index[k]));
      sum += row.weight[k];
    }
    boolean scale = sampling.excludeOutside() || sampling.antialias();
    for (int k = at * row.per; scale && k < (at + 1) * row.per; k++) {
      row.weight[k] /= sum;
    }
  }

  /** All products of weights. */
  Tensor table() {
    int size = rows.stream().mapToInt(row -> row.weight.length).reduce(1, Math::multiplyExact);
    double[] products = new double[size];
    visit(0, new int[3], 1, (out, in, place, weight) -> products[place] = weight);
    return Tensor.ofDoubles(Shape.of(size), DType.FLOAT64, products);
  }

  /** A nest for all pairs of pixels, over all samples and channels. */
  List<LoopNest> nests(Shape in) {
    int c = in.size(-1);
    int from = rows.stream().mapToInt(Row::in).reduce(1, (a, b) -> a * b);
    int to = rows.stream().mapToInt(Row::out).reduce(1, (a, b) -> a * b);
    ReadPixels read = new ReadPixels();
    visit(0, new int[3], 1, (out, pixel, place, weight) -> read.add(out, pixel, place));
    Loop samples = Loop.of(in.size(0), to * c, from * c, 0);
    return List.of(LoopNest.of(List.of(samples, read.loop(c), Loop.of(c, 1, 1, 0))));
  }

  /** All pairs of pixels of a weight that is not zero; {@code at} is output, input and place. */
  private void visit(int axis, int[] at, double weight, Sink sink) {
    if (axis == rows.size()) {
      sink.add(at[0], at[1], at[2], weight);
      return;
    }
    Row row = rows.get(axis);
    for (int k = 0; k < row.weight.length; k++) {
      if (row.weight[k] != 0) {
        int[] next = {
          at[0] * row.out + k / row.per,
          at[1] * row.in + row.index[k],
          at[2] * row.weight.length + k
        };
        visit(axis + 1, next, weight * row.weight[k], sink);
      }
    }
  }
}
