package dev.axiomml.core.property;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** What properties ask of a tensor's elements. */
final class Elements {
  private Elements() {}

  static double at(Tensor values, List<Integer> index) {
    int rank = values.shape().rank();
    boolean fits = index.size() == rank - 1;
    for (int axis = 0; fits && axis < index.size(); axis++) {
      fits = index.get(axis) < values.shape().size(axis + 1);
    }
    if (!fits) {
      throw new PropertyException(
          new Diagnosis(
              "element " + index + " of " + values.shape().sub(Math.min(1, rank), rank),
              "",
              "an index names one position on every axis but the batch, counting from 0",
              "write " + (rank - 1) + " numbers, each below the size of its axis"));
    }
    int[] all = new int[rank];
    for (int axis = 1; axis < rank; axis++) {
      all[axis] = index.get(axis - 1);
    }
    return values.at(all);
  }

  static double reduce(Term.Reduction reduction, Tensor values) {
    double result =
        reduction == Term.Reduction.MAX
            ? Double.NEGATIVE_INFINITY
            : reduction == Term.Reduction.MIN ? Double.POSITIVE_INFINITY : 0;
    for (int i = 0; i < values.size(); i++) {
      double x = values.doubleAt(i);
      result =
          switch (reduction) {
            case SUM -> result + x;
            case MAX -> Math.max(result, x);
            case MIN -> Math.min(result, x);
            case NORM1 -> result + Math.abs(x);
            case NORM2 -> result + x * x;
            case NORMINF -> Math.max(result, Math.abs(x));
          };
    }
    return reduction == Term.Reduction.NORM2 ? Math.sqrt(result) : result;
  }

  static Optional<String> fault(Formula.Predicate predicate, Tensor values) {
    if (!values.dtype().isFloat()) {
      return Optional.empty();
    }
    for (int i = 0; i < values.size(); i++) {
      double x = values.doubleAt(i);
      if (!allowed(predicate, x)) {
        return Optional.of("element " + i + " is " + x);
      }
    }
    return predicate == Formula.Predicate.VALID_PROBABILITIES ? sums(values) : Optional.empty();
  }

  private static boolean allowed(Formula.Predicate predicate, double x) {
    return switch (predicate) {
      case NO_NAN -> !Double.isNaN(x);
      case NO_INF -> !Double.isInfinite(x);
      case FINITE -> Double.isFinite(x);
      case VALID_PROBABILITIES -> x >= 0 && x <= 1;
    };
  }

  private static Optional<String> sums(Tensor values) {
    int width = values.shape().size(-1);
    double tolerance = (2.0 * width + 3) * 0x1p-24;
    for (int row = 0; row < values.size(); row += width) {
      double sum = 0;
      for (int i = row; i < row + width; i++) {
        sum += values.doubleAt(i);
      }
      if (!(Math.abs(sum - 1) <= tolerance)) {
        return Optional.of(
            "row " + row / width + " sums to " + sum + ", more than " + tolerance + " from 1");
      }
    }
    return Optional.empty();
  }
}
