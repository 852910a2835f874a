package dev.axiomml.core.property.statement;

import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The least of largest linear expressions: {@code minᵢ maxⱼ eᵢⱼ}.
 *
 * <p>It never exceeds the expression that it was made of, and equals it unless a sum of many
 * magnitudes stands in it with a positive factor, which is then replaced by the sum and its
 * opposite.
 *
 * @param rows the rows, each with at least one entry
 */
public record ExtremumExpression(List<List<ExactExpression>> rows) {
  /** More entries than this are not written out. */
  private static final int MOST = 20_000;

  /** Longer sums of magnitudes are not written out. */
  private static final int MAGNITUDES = 12;

  /** Copies the rows. */
  public ExtremumExpression {
    rows = rows.stream().map(List::copyOf).toList();
  }

  private static ExtremumExpression of(List<ExactExpression> alternatives) {
    return new ExtremumExpression(List.of(alternatives));
  }

  private static ExtremumExpression each(List<ExactExpression> all) {
    return new ExtremumExpression(all.stream().map(List::of).toList());
  }

  /** Empty where a piece is neither linear nor a largest or smallest of some, or it is too long. */
  static Optional<ExtremumExpression> of(ExactExpression expression) {
    ExactExpression linear =
        new ExactExpression(expression.elements(), Map.of(), expression.constant());
    Optional<ExtremumExpression> sum = Optional.of(of(List.of(linear)));
    for (Map.Entry<ExactExpression.Piece, BigDecimal> part : expression.pieces().entrySet()) {
      Optional<ExtremumExpression> more = of(part.getKey(), part.getValue());
      sum = sum.flatMap(s -> more.flatMap(s::plus));
    }
    return sum;
  }

  private static Optional<ExtremumExpression> of(ExactExpression.Piece piece, BigDecimal factor) {
    if (piece instanceof ExactExpression.Absolute absolute) {
      return magnitude(absolute.of(), factor);
    }
    return piece instanceof ExactExpression.Reduced reduced
        ? reduced(reduced, factor)
        : Optional.empty();
  }

  private static Optional<ExtremumExpression> magnitude(ExactExpression of, BigDecimal factor) {
    Optional<ExtremumExpression> one = of(of.times(factor));
    Optional<ExtremumExpression> other = of(of.times(factor.negate()));
    return one.flatMap(
        a -> other.flatMap(b -> factor.signum() > 0 ? a.max(b) : Optional.of(a.min(b))));
  }

  private static Optional<ExtremumExpression> reduced(
      ExactExpression.Reduced reduced, BigDecimal factor) {
    Subject of = reduced.of();
    int size = reduced.size();
    boolean positive = factor.signum() > 0;
    if (reduced.reduction() == Term.Reduction.SUM) {
      return Optional.of(of(List.of(ExactExpression.sum(of, 0, size).times(factor))));
    }
    if (size > MOST / 2 || size == 0) {
      return Optional.empty();
    }
    List<ExactExpression> elements = new ArrayList<>();
    List<ExactExpression> both = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ExactExpression element = ExactExpression.element(of, i).times(factor);
      elements.add(element);
      both.add(element);
      both.add(ExactExpression.element(of, i).times(factor.negate()));
    }
    return switch (reduced.reduction()) {
      case MAX -> Optional.of(positive ? of(elements) : each(elements));
      case MIN -> Optional.of(positive ? each(elements) : of(elements));
      case NORMINF -> Optional.of(positive ? of(both) : each(both));
      case NORM1 -> magnitudes(both, factor, ExactExpression.sum(of, 0, size));
      default -> Optional.empty();
    };
  }

  private static Optional<ExtremumExpression> magnitudes(
      List<ExactExpression> both, BigDecimal factor, ExactExpression total) {
    boolean positive = factor.signum() > 0;
    if (both.size() > 2 * MAGNITUDES) {
      return positive
          ? Optional.of(of(List.of(total.times(factor), total.times(factor.negate()))))
          : Optional.empty();
    }
    Optional<ExtremumExpression> sum =
        Optional.of(of(List.of(ExactExpression.constant(BigDecimal.ZERO))));
    for (int i = 0; i < both.size(); i += 2) {
      List<ExactExpression> signs = both.subList(i, i + 2);
      ExtremumExpression one = positive ? of(signs) : each(signs);
      sum = sum.flatMap(s -> s.plus(one));
    }
    return sum;
  }

  private long size() {
    return rows.stream().mapToLong(List::size).sum();
  }

  private Optional<ExtremumExpression> plus(ExtremumExpression other) {
    return combined(
        other, (mine, theirs) -> mine.stream().flatMap(a -> theirs.stream().map(a::plus)).toList());
  }

  private Optional<ExtremumExpression> max(ExtremumExpression other) {
    return combined(
        other,
        (mine, theirs) -> {
          List<ExactExpression> all = new ArrayList<>(mine);
          all.addAll(theirs);
          return all;
        });
  }

  private ExtremumExpression min(ExtremumExpression other) {
    List<List<ExactExpression>> all = new ArrayList<>(rows);
    all.addAll(other.rows);
    return new ExtremumExpression(all);
  }

  private interface Joining {
    List<ExactExpression> of(List<ExactExpression> mine, List<ExactExpression> theirs);
  }

  private Optional<ExtremumExpression> combined(ExtremumExpression other, Joining joining) {
    if (size() * other.size() > MOST) {
      return Optional.empty();
    }
    List<List<ExactExpression>> all = new ArrayList<>();
    for (List<ExactExpression> mine : rows) {
      for (List<ExactExpression> theirs : other.rows) {
        all.add(joining.of(mine, theirs));
      }
    }
    return Optional.of(new ExtremumExpression(all));
  }
}
