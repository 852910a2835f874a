package dev.axiomml.core.property;

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
public record Lattice(List<List<Expression>> rows) {
  /** More entries than this are not written out. */
  private static final int MOST = 20_000;

  /** Longer sums of magnitudes are not written out. */
  private static final int MAGNITUDES = 12;

  /** Copies the rows. */
  public Lattice {
    rows = rows.stream().map(List::copyOf).toList();
  }

  private static Lattice of(List<Expression> alternatives) {
    return new Lattice(List.of(alternatives));
  }

  private static Lattice each(List<Expression> all) {
    return new Lattice(all.stream().map(List::of).toList());
  }

  /** Empty where a piece is neither linear nor a largest or smallest of some, or it is too long. */
  static Optional<Lattice> of(Expression expression) {
    Expression linear = new Expression(expression.elements(), Map.of(), expression.constant());
    Optional<Lattice> sum = Optional.of(of(List.of(linear)));
    for (Map.Entry<Expression.Piece, BigDecimal> part : expression.pieces().entrySet()) {
      Optional<Lattice> more = of(part.getKey(), part.getValue());
      sum = sum.flatMap(s -> more.flatMap(s::plus));
    }
    return sum;
  }

  private static Optional<Lattice> of(Expression.Piece piece, BigDecimal factor) {
    if (piece instanceof Expression.Absolute absolute) {
      return magnitude(absolute.of(), factor);
    }
    return piece instanceof Expression.Reduced reduced
        ? reduced(reduced, factor)
        : Optional.empty();
  }

  private static Optional<Lattice> magnitude(Expression of, BigDecimal factor) {
    Optional<Lattice> one = of(of.times(factor));
    Optional<Lattice> other = of(of.times(factor.negate()));
    return one.flatMap(
        a -> other.flatMap(b -> factor.signum() > 0 ? a.max(b) : Optional.of(a.min(b))));
  }

  private static Optional<Lattice> reduced(Expression.Reduced reduced, BigDecimal factor) {
    Subject of = reduced.of();
    int size = reduced.size();
    boolean positive = factor.signum() > 0;
    if (reduced.reduction() == Term.Reduction.SUM) {
      return Optional.of(of(List.of(Expression.sum(of, 0, size).times(factor))));
    }
    if (size > MOST / 2 || size == 0) {
      return Optional.empty();
    }
    List<Expression> elements = new ArrayList<>();
    List<Expression> both = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Expression element = Expression.element(of, i).times(factor);
      elements.add(element);
      both.add(element);
      both.add(Expression.element(of, i).times(factor.negate()));
    }
    return switch (reduced.reduction()) {
      case MAX -> Optional.of(positive ? of(elements) : each(elements));
      case MIN -> Optional.of(positive ? each(elements) : of(elements));
      case NORMINF -> Optional.of(positive ? of(both) : each(both));
      case NORM1 -> magnitudes(both, factor, Expression.sum(of, 0, size));
      default -> Optional.empty();
    };
  }

  private static Optional<Lattice> magnitudes(
      List<Expression> both, BigDecimal factor, Expression total) {
    boolean positive = factor.signum() > 0;
    if (both.size() > 2 * MAGNITUDES) {
      return positive
          ? Optional.of(of(List.of(total.times(factor), total.times(factor.negate()))))
          : Optional.empty();
    }
    Optional<Lattice> sum = Optional.of(of(List.of(Expression.constant(BigDecimal.ZERO))));
    for (int i = 0; i < both.size(); i += 2) {
      List<Expression> signs = both.subList(i, i + 2);
      Lattice one = positive ? of(signs) : each(signs);
      sum = sum.flatMap(s -> s.plus(one));
    }
    return sum;
  }

  private long size() {
    return rows.stream().mapToLong(List::size).sum();
  }

  private Optional<Lattice> plus(Lattice other) {
    return combined(
        other, (mine, theirs) -> mine.stream().flatMap(a -> theirs.stream().map(a::plus)).toList());
  }

  private Optional<Lattice> max(Lattice other) {
    return combined(
        other,
        (mine, theirs) -> {
          List<Expression> all = new ArrayList<>(mine);
          all.addAll(theirs);
          return all;
        });
  }

  private Lattice min(Lattice other) {
    List<List<Expression>> all = new ArrayList<>(rows);
    all.addAll(other.rows);
    return new Lattice(all);
  }

  private interface Joining {
    List<Expression> of(List<Expression> mine, List<Expression> theirs);
  }

  private Optional<Lattice> combined(Lattice other, Joining joining) {
    if (size() * other.size() > MOST) {
      return Optional.empty();
    }
    List<List<Expression>> all = new ArrayList<>();
    for (List<Expression> mine : rows) {
      for (List<Expression> theirs : other.rows) {
        all.add(joining.of(mine, theirs));
      }
    }
    return Optional.of(new Lattice(all));
  }
}
