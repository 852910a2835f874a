package dev.axiomml.interop.fuzz;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random small things that nodes of a file are made of, from one seed. */
final class OnnxDraw {
  private static final double[] CORNERS = {
    0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -1.5, -2.5, 3.49, 1e-3, -1e10, 1e10, 88.9, -104
  };
  private static final double[] ENDLESS = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private final Random random;

  OnnxDraw(long seed) {
    this.random = new Random(seed);
  }

  /** A whole number from 0 to below. */
  int below(int end) {
    return random.nextInt(end);
  }

  /** A whole number from one to another, both included. */
  int from(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  boolean chance(double p) {
    return random.nextDouble() < p;
  }

  @SafeVarargs
  final <T> T pick(T... all) {
    return all[random.nextInt(all.length)];
  }

  float number(double scale) {
    return (float) (Math.round(random.nextGaussian() * scale * 64) / 64.0);
  }

  /** An axis of a rank, sometimes counted from the end. */
  long axis(int rank) {
    int axis = random.nextInt(Math.max(1, rank));
    return chance(0.3) && rank > 0 ? axis - rank : axis;
  }

  /** A size: 1 to 5, now and then 0. */
  long size() {
    return chance(0.03) ? 0 : chance(0.2) ? 1 : from(2, 5);
  }

  Shape shape(int rank) {
    return Shape.of(IntStream.range(0, rank).mapToLong(i -> size()).toArray());
  }

  /** A shape without an axis that is empty. */
  Shape solid(int rank) {
    return Shape.of(
        IntStream.range(0, rank).mapToLong(i -> chance(0.2) ? 1 : from(2, 5)).toArray());
  }

  /** A shape that broadcasts to another: axes of 1, leading ones left out. */
  Shape narrower(Shape wide) {
    int skip = chance(0.3) ? below(wide.rank() + 1) : 0;
    List<Long> sizes = new ArrayList<>();
    for (int i = skip; i < wide.rank(); i++) {
      sizes.add(chance(0.25) ? 1L : wide.dim(i).value());
    }
    return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
  }

  /** Some axes of a rank, each once, in any order. */
  long[] axes(int rank, int count) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.shuffle(all, random);
    return all.stream()
        .limit(count)
        .mapToLong(axis -> chance(0.25) ? axis - (long) rank : axis)
        .toArray();
  }

  long[] permutation(int rank) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.shuffle(all, random);
    return all.stream().mapToLong(Integer::longValue).toArray();
  }

  /** Mostly single precision. */
  DType floating() {
    return chance(0.75) ? DType.FLOAT32 : DType.FLOAT64;
  }

  DType whole() {
    return pick(DType.INT32, DType.INT64, DType.INT64, DType.UINT8, DType.INT8, DType.INT16);
  }

  DType number() {
    return chance(0.6) ? floating() : whole();
  }

  DType any() {
    return chance(0.15) ? DType.BOOL : number();
  }

  /** Elements that sums stay exact with: no more than a few, in sixty-fourths. */
  Tensor tame(DType dtype, Shape shape) {
    int count = shape.count();
    if (dtype.isFloat()) {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = number(2);
      }
      return Tensor.ofDoubles(shape, dtype, values);
    }
    boolean signed = dtype == DType.INT8 || dtype.toString().toUpperCase().startsWith("INT");
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = dtype == DType.BOOL ? below(2) : from(signed ? -7 : 0, 7);
    }
    return Tensor.ofIntegers(shape, dtype, values);
  }

  /** Elements at the corners of a type too. */
  Tensor wild(DType dtype, Shape shape) {
    if (!dtype.isFloat()) {
      return tame(dtype, shape);
    }
    double[] values = tame(dtype, shape).toDoubles();
    boolean endless = chance(0.2);
    for (int i = 0; i < values.length; i++) {
      values[i] = chance(0.15) ? CORNERS[below(CORNERS.length)] : values[i];
      values[i] = endless && chance(0.2) ? ENDLESS[below(ENDLESS.length)] : values[i];
    }
    return Tensor.ofDoubles(shape, dtype, values);
  }

  /** Positive elements. */
  Tensor positive(DType dtype, Shape shape) {
    double[] values = new double[shape.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = from(8, 200) / 64.0;
    }
    return Tensor.ofDoubles(shape, dtype, values);
  }

  /** Places along an axis, some counted from the end. */
  Tensor places(DType dtype, Shape shape, long size) {
    long[] values = new long[shape.count()];
    for (int i = 0; i < values.length; i++) {
      long place = below((int) Math.max(1, size));
      values[i] = chance(0.25) ? place - size : place;
    }
    return Tensor.ofIntegers(shape, dtype, values);
  }

  /** The places of an axis without a repetition. */
  long[] shuffled(int size) {
    return permutation(size);
  }

  static Tensor longs(long... values) {
    return Tensor.ofLongs(Shape.of(values.length), values);
  }

  static Tensor scalar(DType dtype, double value) {
    return dtype.isFloat()
        ? Tensor.ofDoubles(Shape.SCALAR, dtype, value)
        : Tensor.ofIntegers(Shape.SCALAR, dtype, (long) value);
  }
}
