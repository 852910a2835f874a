package dev.axiomml.cli.command;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How far numbers are from those expected.
 *
 * @param absolute the largest difference; infinite where only one side is NaN or infinite
 * @param relative the largest difference over what was expected there
 * @param excess the largest share of the tolerance that a difference takes; equal up to one
 */
public record NumericDifference(double absolute, double relative, double excess) {
  /** What counts as equal: {@code |actual - expected| <= absolute + relative * |expected|}. */
  public record Tolerance(double relative, double absolute) {}

  /** The difference of two tensors of one shape; texts are equal or endlessly apart. */
  public static NumericDifference of(Tensor actual, Tensor expected, Tolerance tolerance) {
    if (isText(actual)) {
      boolean same = actual.equals(expected);
      double off = same ? 0 : Double.POSITIVE_INFINITY;
      return new NumericDifference(off, off, off);
    }
    double absolute = 0;
    double relative = 0;
    double excess = 0;
    for (int i = 0; i < actual.size(); i++) {
      double e = expected.doubleAt(i);
      double d = distance(actual.doubleAt(i), e);
      absolute = Math.max(absolute, d);
      relative = Math.max(relative, d == 0 ? 0 : d / Math.abs(e));
      excess =
          Math.max(excess, share(d, tolerance.absolute() + tolerance.relative() * Math.abs(e)));
    }
    return new NumericDifference(absolute, relative, excess);
  }

  /**
   * The smallest difference over the orders in which the expected axes may be: as they are, or with
   * channels moved last. Empty when no order gives the same shape.
   */
  static Optional<NumericDifference> inSomeOrder(
      Tensor actual, Tensor expected, Tolerance tolerance) {
    return orders(expected)
        .filter(turned -> turned.shape().equals(actual.shape()))
        .filter(turned -> isText(turned) == isText(actual))
        .map(turned -> of(actual, turned, tolerance))
        .min(Comparator.comparingDouble(NumericDifference::excess));
  }

  /** Whether elements are texts, which compare with texts alone. */
  static boolean isText(Tensor tensor) {
    return tensor.dtype() == DType.STRING;
  }

  private static Stream<Tensor> orders(Tensor tensor) {
    int rank = tensor.shape().rank();
    if (rank < 3) {
      return Stream.of(tensor);
    }
    int[] last =
        IntStream.range(0, rank).map(i -> i == 0 ? 0 : i == rank - 1 ? 1 : i + 1).toArray();
    return List.of(tensor, tensor.permute(last)).stream();
  }

  private static double distance(double actual, double expected) {
    if (Double.compare(actual, expected) == 0 || actual == expected) {
      return 0;
    }
    double d = Math.abs(actual - expected);
    return Double.isNaN(d) ? Double.POSITIVE_INFINITY : d;
  }

  private static double share(double distance, double allowed) {
    if (distance == 0) {
      return 0;
    }
    return Double.isFinite(distance) ? distance / allowed : Double.POSITIVE_INFINITY;
  }

  /** Whether every number is within the tolerance. */
  public boolean isEqual() {
    return excess <= 1;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "absolute %.3g, relative %.3g", absolute, relative);
  }
}
