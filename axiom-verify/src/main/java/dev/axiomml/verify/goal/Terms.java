package dev.axiomml.verify.goal;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.verify.bound.Bounds;
import java.util.List;
import java.util.function.Function;

/** Terms over boxes: sound intervals of any term, for those that are not linear. */
final class Terms {
  private Terms() {}

  /** The row-major position of an index that leaves out the batch axis. */
  static int position(Value value, List<Integer> index) {
    int[] strides = value.type().shape().strides();
    int position = 0;
    for (int axis = 0; axis < index.size(); axis++) {
      position += index.get(axis) * strides[axis + 1];
    }
    return position;
  }

  /** A sound interval {lo, hi}; NaN ends where nothing is known. */
  static double[] range(Term term, Bounds bounds, Function<Subject, Value> values) {
    if (term instanceof Term.Constant constant) {
      return new double[] {constant.value(), constant.value()};
    }
    if (term instanceof Term.Element element) {
      Value value = values.apply(element.of());
      int i = position(value, element.index());
      return new double[] {bounds.box(value).lo()[i], bounds.box(value).hi()[i]};
    }
    if (term instanceof Term.Reduce reduce) {
      return reduce(reduce.reduction(), bounds.box(values.apply(reduce.of())));
    }
    Term.Binary binary = (Term.Binary) term;
    double[] a = range(binary.left(), bounds, values);
    double[] b = range(binary.right(), bounds, values);
    return switch (binary.operation()) {
      case PLUS -> outward(a[0] + b[0], a[1] + b[1]);
      case MINUS -> outward(a[0] - b[1], a[1] - b[0]);
      case TIMES -> product(a, b);
    };
  }

  private static double[] product(double[] a, double[] b) {
    double[] c = {a[0] * b[0], a[0] * b[1], a[1] * b[0], a[1] * b[1]};
    return outward(
        Math.min(Math.min(c[0], c[1]), Math.min(c[2], c[3])),
        Math.max(Math.max(c[0], c[1]), Math.max(c[2], c[3])));
  }

  private static double[] outward(double lo, double hi) {
    return new double[] {Math.nextDown(lo), Math.nextUp(hi)};
  }

  private static double[] reduce(Term.Reduction reduction, Box box) {
    double[] range = start(reduction);
    for (int i = 0; i < box.size(); i++) {
      double[] x = {box.lo()[i], box.hi()[i]};
      double[] size = magnitude(x);
      range =
          switch (reduction) {
            case SUM -> outward(range[0] + x[0], range[1] + x[1]);
            case MAX -> new double[] {Math.max(range[0], x[0]), Math.max(range[1], x[1])};
            case MIN -> new double[] {Math.min(range[0], x[0]), Math.min(range[1], x[1])};
            case NORM1 -> outward(range[0] + size[0], range[1] + size[1]);
            case NORM2 -> {
              double[] square = product(size, size);
              yield outward(Math.max(0, range[0] + square[0]), range[1] + square[1]);
            }
            case NORMINF -> new double[] {Math.max(range[0], size[0]), Math.max(range[1], size[1])};
          };
    }
    return reduction == Term.Reduction.NORM2
        ? outward(Math.sqrt(Math.max(0, range[0])), Math.sqrt(range[1]))
        : range;
  }

  private static double[] start(Term.Reduction reduction) {
    return switch (reduction) {
      case MAX -> new double[] {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
      case MIN -> new double[] {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
      default -> new double[] {0, 0};
    };
  }

  private static double[] magnitude(double[] x) {
    double least = x[0] > 0 ? x[0] : x[1] < 0 ? -x[1] : 0;
    return new double[] {least, Math.max(Math.abs(x[0]), Math.abs(x[1]))};
  }
}
