package dev.axiomml.interop.onnx;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.SplittableRandom;

/**
 * Tensors to try operators with, one after another; after {@link #again} the same ones in whatever
 * order tests run.
 */
final class Drawn {
  static final long SEED = 17;
  private static SplittableRandom seeds = new SplittableRandom(SEED);

  private Drawn() {}

  /** From the first one on. */
  static void again() {
    seeds = new SplittableRandom(SEED);
  }

  static Tensor random(long... sizes) {
    return Tensor.random(Shape.of(sizes), seeds.nextLong(), -1.5, 1.5);
  }

  /** Weights that keep sums about one, so that no rounding is magnified. */
  static Tensor gentle(long... sizes) {
    return Tensor.random(Shape.of(sizes), seeds.nextLong(), -0.3, 0.3);
  }

  /** Scales of weights of 8 bits. */
  static Tensor fine(long... sizes) {
    return Tensor.random(Shape.of(sizes), seeds.nextLong(), 0.005, 0.015);
  }

  static Tensor positive(long... sizes) {
    return Tensor.random(Shape.of(sizes), seeds.nextLong(), 0.5, 1.5);
  }

  static Tensor ints(DType dtype, Shape shape, long... values) {
    return Tensor.ofIntegers(shape, dtype, values);
  }

  static Tensor list(DType dtype, long... values) {
    return ints(dtype, Shape.of(values.length), values);
  }

  /** Numbers from the whole range of a type of 8 bits. */
  static Tensor bytes(DType dtype, long... sizes) {
    long low = dtype == DType.INT8 ? -128 : 0;
    Shape shape = Shape.of(sizes);
    return ints(dtype, shape, seeds.longs(shape.count(), low, low + 256).toArray());
  }

  /** Weights of 7 bits: wider ones overflow in ONNX Runtime's sums of pairs on some processors. */
  static Tensor small(long... sizes) {
    Shape shape = Shape.of(sizes);
    return ints(DType.INT8, shape, seeds.longs(shape.count(), -64, 64).toArray());
  }
}
