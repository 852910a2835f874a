package dev.axiomml.core.property.statement;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.exact.ExactInterval;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.tensor.Tensor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/** The number that an expression is for a sample, enclosed only where a square root is taken. */
record ExactValue(Sample sample) {
  /** Empty where an element that it is computed from is not finite. */
  Optional<ExactInterval> of(ExactExpression expression) {
    try {
      return Optional.of(value(expression));
    } catch (ArithmeticException notFinite) {
      return Optional.empty();
    }
  }

  private ExactInterval value(ExactExpression expression) {
    ExactInterval sum = ExactInterval.of(whole(expression.constant()));
    for (Map.Entry<ExactExpression.Element, BigDecimal> part : expression.elements().entrySet()) {
      Dyadic element = element(sample.subject(part.getKey().of()), part.getKey().position());
      sum = sum.plus(ExactInterval.of(element.times(whole(part.getValue()))));
    }
    for (Map.Entry<ExactExpression.Piece, BigDecimal> part : expression.pieces().entrySet()) {
      sum = sum.plus(piece(part.getKey()).times(ExactInterval.of(whole(part.getValue()))));
    }
    return sum;
  }

  private static Dyadic whole(BigDecimal factor) {
    return new Dyadic(factor.toBigIntegerExact(), 0);
  }

  private static Dyadic element(Tensor values, int i) {
    return values.dtype().isFloat()
        ? Dyadic.of(values.doubleAt(i))
        : new Dyadic(integer(values, i), 0);
  }

  private static BigInteger integer(Tensor values, int i) {
    long bits = values.longAt(i);
    boolean wraps = bits < 0 && values.dtype().isUnsigned();
    BigInteger value = BigInteger.valueOf(bits);
    return wraps ? value.add(BigInteger.ONE.shiftLeft(Long.SIZE)) : value;
  }

  private ExactInterval piece(ExactExpression.Piece piece) {
    if (piece instanceof ExactExpression.Absolute absolute) {
      return value(absolute.of()).abs();
    }
    if (piece instanceof ExactExpression.Product product) {
      return value(product.left()).times(value(product.right()));
    }
    return reduced((ExactExpression.Reduced) piece);
  }

  private ExactInterval reduced(ExactExpression.Reduced reduced) {
    Tensor values = sample.subject(reduced.of());
    Dyadic result = Dyadic.ZERO;
    for (int i = 0; i < values.size(); i++) {
      Dyadic x = element(values, i);
      Dyadic before = result;
      result =
          switch (reduced.reduction()) {
            case SUM -> before.plus(x);
            case MAX -> i == 0 ? x : before.max(x);
            case MIN -> i == 0 ? x : before.min(x);
            case NORM1 -> before.plus(x.abs());
            case NORM2 -> before.plus(x.times(x));
            case NORMINF -> before.max(x.abs());
          };
    }
    ExactInterval value = ExactInterval.of(result);
    return reduced.reduction() == Term.Reduction.NORM2 ? value.root() : value;
  }
}
