package dev.axiomml.verify.goal;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.property.statement.ExactExpression;
import dev.axiomml.verify.bound.LaneBounds;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Intervals of expressions over boxes, in doubles rounded outward; ends that are NaN where nothing
 * is known.
 *
 * @param subjects what the words mean
 * @param bounds the boxes
 */
record ExpressionRanges(GoalSubjects subjects, LaneBounds bounds) {
  /** Whether an expression is shown to be at least zero, or above it. */
  boolean holds(ExactExpression expression, boolean strict) {
    double[] range = range(scaled(expression));
    boolean known = Math.max(Math.abs(range[0]), Math.abs(range[1])) <= Double.MAX_VALUE;
    return known && (strict ? range[0] > 0 : range[0] >= 0);
  }

  /** A power of ten times the same, so that doubles hold its factors. */
  private static ExactExpression scaled(ExactExpression whole) {
    int digits =
        java.util.stream.Stream.concat(
                whole.elements().values().stream(), whole.pieces().values().stream())
            .mapToInt(factor -> factor.precision() - factor.scale())
            .max()
            .orElse(0);
    return digits < 300 ? whole : whole.times(BigDecimal.ONE.scaleByPowerOfTen(-digits));
  }

  private double[] range(ExactExpression expression) {
    double[] sum = exactly(expression.constant());
    for (Map.Entry<ExactExpression.Element, BigDecimal> part : expression.elements().entrySet()) {
      Box box = box(part.getKey().of());
      int i = part.getKey().position();
      double[] element = {box.lo()[i], box.hi()[i]};
      sum = plus(sum, product(element, exactly(part.getValue())));
    }
    for (Map.Entry<ExactExpression.Piece, BigDecimal> part : expression.pieces().entrySet()) {
      sum = plus(sum, product(piece(part.getKey()), exactly(part.getValue())));
    }
    return sum;
  }

  private Box box(Subject of) {
    return bounds.box(subjects.value(of));
  }

  /** Around a decimal. */
  private static double[] exactly(BigDecimal number) {
    double near = number.doubleValue();
    boolean finite = Math.abs(near) <= Double.MAX_VALUE;
    boolean same = finite && new BigDecimal(near).compareTo(number) == 0;
    return same ? new double[] {near, near} : outward(near, near);
  }

  private static double[] outward(double lo, double hi) {
    return new double[] {Math.nextDown(lo), Math.nextUp(hi)};
  }

  private static double[] plus(double[] a, double[] b) {
    return new double[] {below(a[0], b[0]), -below(-a[1], -b[1])};
  }

  /** A sum rounded down: the error of a sum of two is a double (Knuth, TAOCP 2, 4.2.2). */
  private static double below(double a, double b) {
    double sum = a + b;
    double part = sum - a;
    double error = (a - (sum - part)) + (b - part);
    return error >= 0 ? sum : Math.nextDown(sum);
  }

  private static double[] product(double[] a, double[] b) {
    double lo = Double.POSITIVE_INFINITY;
    double hi = Double.NEGATIVE_INFINITY;
    for (double x : a) {
      for (double y : b) {
        lo = Math.min(lo, timesBelow(x, y));
        hi = Math.max(hi, -timesBelow(-x, y));
      }
    }
    return new double[] {lo, hi};
  }

  /** A product rounded down, exact where no digit is lost. */
  private static double timesBelow(double x, double y) {
    double product = x * y;
    boolean exact = x == 0 || y == 0 || Math.abs(product) > 0x1p-900;
    return exact && Math.fma(x, y, -product) >= 0 ? product : Math.nextDown(product);
  }

  private static double[] magnitude(double[] x) {
    double least = x[0] > 0 ? x[0] : x[1] < 0 ? -x[1] : 0;
    return new double[] {least, Math.max(Math.abs(x[0]), Math.abs(x[1]))};
  }

  private double[] piece(ExactExpression.Piece piece) {
    if (piece instanceof ExactExpression.Absolute absolute) {
      return magnitude(range(absolute.of()));
    }
    if (piece instanceof ExactExpression.Product product) {
      double[] left = range(product.left());
      boolean square = product.left().equals(product.right());
      return square
          ? product(magnitude(left), magnitude(left))
          : product(left, range(product.right()));
    }
    ExactExpression.Reduced reduced = (ExactExpression.Reduced) piece;
    double[] own = reduced(reduced.reduction(), box(reduced.of()));
    return switch (reduced.reduction()) {
      case SUM -> total(reduced.of(), own);
      case NORM1 -> {
        double[] sum = total(reduced.of(), reduced(Term.Reduction.SUM, box(reduced.of())));
        yield new double[] {Math.max(own[0], magnitude(sum)[0]), own[1]};
      }
      default -> own;
    };
  }

  /** What is known of a sum, met with what a distribution sums to. */
  private double[] total(Subject of, double[] sum) {
    return subjects
        .distance(of, bounds)
        .map(off -> new double[] {Math.max(sum[0], 1 - off), Math.min(sum[1], 1 + off)})
        .orElse(sum);
  }

  private static double[] reduced(Term.Reduction reduction, Box box) {
    double[] range = new double[2];
    for (int i = 0; i < box.size(); i++) {
      double[] x = {box.lo()[i], box.hi()[i]};
      double[] size = magnitude(x);
      double[] before = range;
      range =
          switch (reduction) {
            case SUM -> plus(before, x);
            case MAX -> i == 0 ? x : larger(before, x);
            case MIN ->
                i == 0 ? x : new double[] {Math.min(before[0], x[0]), Math.min(before[1], x[1])};
            case NORM1 -> plus(before, size);
            case NORM2 -> plus(before, product(size, size));
            case NORMINF -> larger(before, size);
          };
    }
    return reduction == Term.Reduction.NORM2
        ? outward(Math.sqrt(Math.max(0, range[0])), Math.sqrt(range[1]))
        : range;
  }

  private static double[] larger(double[] a, double[] b) {
    return new double[] {Math.max(a[0], b[0]), Math.max(a[1], b[1])};
  }
}
