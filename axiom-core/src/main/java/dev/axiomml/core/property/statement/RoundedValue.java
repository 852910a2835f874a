package dev.axiomml.core.property.statement;

import dev.axiomml.core.property.Term;
import dev.axiomml.core.tensor.Tensor;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * The number that an expression is for a sample, in doubles, with a bound of its error: each
 * operation is off by at most half a unit in its last place, for which a whole one is charged, or
 * by an underflow, for which 10⁻³⁰⁰ is.
 */
record RoundedValue(Sample sample) {
  private static final double UNIT = 0x1p-52;
  private static final double TINY = 1e-300;

  /** A double and how far the number may be from it. */
  private record Near(double value, double error) {
    static final Near ZERO = new Near(0, 0);

    Near plus(Near other) {
      double sum = value + other.value;
      return new Near(sum, (error + other.error + Math.abs(sum) * UNIT + TINY) * (1 + UNIT));
    }

    Near times(Near other) {
      double product = value * other.value;
      double crossed =
          Math.abs(value) * other.error + Math.abs(other.value) * error + error * other.error;
      return new Near(product, (crossed + Math.abs(product) * UNIT + TINY) * (1 + 4 * UNIT));
    }

    Near magnitude() {
      return new Near(Math.abs(value), error);
    }

    Near root() {
      double low = Math.sqrt(Math.max(0, value - error));
      double high = Math.sqrt(Math.max(0, value) + error);
      double middle = low / 2 + high / 2;
      return new Near(middle, (high - low + high * 4 * UNIT + TINY) * (1 + UNIT));
    }
  }

  /** The sign of an expression that is certainly not zero; empty where doubles do not tell. */
  Optional<Integer> sign(ExactExpression expression) {
    Near near = value(expression);
    boolean known = Math.abs(near.value) > near.error && Math.abs(near.value) <= Double.MAX_VALUE;
    return known ? Optional.of((int) Math.signum(near.value)) : Optional.empty();
  }

  private Near value(ExactExpression expression) {
    Near sum = near(expression.constant());
    for (Map.Entry<ExactExpression.Element, BigDecimal> part : expression.elements().entrySet()) {
      Near element = element(sample.subject(part.getKey().of()), part.getKey().position());
      sum = sum.plus(element.times(near(part.getValue())));
    }
    for (Map.Entry<ExactExpression.Piece, BigDecimal> part : expression.pieces().entrySet()) {
      sum = sum.plus(piece(part.getKey()).times(near(part.getValue())));
    }
    return sum;
  }

  private static Near near(BigDecimal factor) {
    double value = factor.doubleValue();
    return new Near(value, Math.abs(value) * UNIT);
  }

  /** An integer beyond 2⁵³ is rounded. */
  private static Near element(Tensor values, int i) {
    double value = values.doubleAt(i);
    return new Near(value, values.dtype().isFloat() ? 0 : Math.abs(value) * UNIT);
  }

  private Near piece(ExactExpression.Piece piece) {
    if (piece instanceof ExactExpression.Absolute absolute) {
      return value(absolute.of()).magnitude();
    }
    if (piece instanceof ExactExpression.Product product) {
      return value(product.left()).times(value(product.right()));
    }
    return reduced((ExactExpression.Reduced) piece);
  }

  private Near reduced(ExactExpression.Reduced reduced) {
    Tensor values = sample.subject(reduced.of());
    Near result = values.size() == 0 ? Near.ZERO : first(reduced.reduction(), values);
    for (int i = 1; i < values.size(); i++) {
      Near x = element(values, i);
      Near before = result;
      result =
          switch (reduced.reduction()) {
            case SUM -> before.plus(x);
            case MAX -> larger(before, x);
            case MIN -> negated(larger(negated(before), negated(x)));
            case NORM1 -> before.plus(x.magnitude());
            case NORM2 -> before.plus(x.times(x));
            case NORMINF -> larger(before, x.magnitude());
          };
    }
    return reduced.reduction() == Term.Reduction.NORM2 ? result.root() : result;
  }

  private static Near first(Term.Reduction reduction, Tensor values) {
    Near x = element(values, 0);
    return switch (reduction) {
      case SUM, MAX, MIN -> x;
      case NORM1, NORMINF -> x.magnitude();
      case NORM2 -> x.times(x);
    };
  }

  private static Near larger(Near a, Near b) {
    return new Near(Math.max(a.value, b.value), Math.max(a.error, b.error));
  }

  private static Near negated(Near x) {
    return new Near(-x.value, x.error);
  }
}
