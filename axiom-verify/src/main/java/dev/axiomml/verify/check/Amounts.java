package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.exact.Span;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.Expression;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/** What the terms of a formula can amount to on a box. */
final class Amounts {
  private final Forms forms;
  private final Known known;
  private final Rounding rounding;
  private final boolean linear;

  /**
   * @param linear whether a backward walk may be used, or intervals only
   */
  Amounts(Forms forms, Known known, Rounding rounding, boolean linear) {
    this.forms = forms;
    this.known = known;
    this.rounding = rounding;
    this.linear = linear;
  }

  Subjects subjects() {
    return new Subjects(forms.graph());
  }

  Range range(Subject subject) {
    return known.range(subjects().value(subject));
  }

  Rounding rounding() {
    return rounding;
  }

  /** Whether a combination never falls below a number; above it, when {@code strict}. */
  boolean atLeast(Combination combination, Dyadic number, boolean strict) {
    return reaches(inBox(combination), number, strict)
        || (linear && reaches(byLines(combination), number, strict));
  }

  private static boolean reaches(Optional<Dyadic> least, Dyadic number, boolean strict) {
    return least.filter(l -> strict ? number.below(l) : !l.below(number)).isPresent();
  }

  private Optional<Dyadic> inBox(Combination combination) {
    Dyadic least = combination.constant();
    for (Map.Entry<Value, Dyadic[]> part : combination.weights().entrySet()) {
      Range range = known.range(part.getKey());
      if (!range.isBounded()) {
        return Optional.empty();
      }
      for (int i = 0; i < range.size(); i++) {
        Dyadic weight = part.getValue()[i];
        least = least.plus(weight.times(weight.sign() >= 0 ? range.lo(i) : range.hi(i)));
      }
    }
    return Optional.of(least);
  }

  private Optional<Dyadic> byLines(Combination combination) {
    if (combination.weights().isEmpty()) {
      return Optional.of(combination.constant());
    }
    Map<Value, Rows> seeds = new LinkedHashMap<>();
    combination.weights().forEach((value, row) -> seeds.put(value, Rows.of(new Dyadic[][] {row})));
    return Backward.least(forms, known, seeds).get(0).map(combination.constant()::plus);
  }

  /** The interval of an expression in whole factors; empty where nothing is known. */
  Optional<Span> span(Expression expression) {
    Expression linear = new Expression(expression.elements(), Map.of(), expression.constant());
    Optional<Span> sum = span(Combination.of(linear, subjects()));
    for (Map.Entry<Expression.Piece, BigDecimal> part : expression.pieces().entrySet()) {
      Span factor = Span.of(Combination.whole(part.getValue()));
      Optional<Span> piece = sum.flatMap(known -> piece(part.getKey()));
      sum = sum.flatMap(s -> piece.map(p -> s.plus(p.times(factor))));
    }
    return sum;
  }

  private Optional<Span> piece(Expression.Piece piece) {
    if (piece instanceof Expression.Absolute absolute) {
      return span(absolute.of()).map(Span::abs);
    }
    if (piece instanceof Expression.Product product) {
      Optional<Span> left = span(product.left());
      return product.left().equals(product.right())
          ? left.map(Span::abs).map(s -> s.times(s))
          : left.flatMap(l -> span(product.right()).map(l::times));
    }
    return reduced((Expression.Reduced) piece);
  }

  private Optional<Span> span(Combination combination) {
    Optional<Dyadic> lo = best(combination);
    Optional<Dyadic> hi = best(combination.times(Dyadic.ONE.negate())).map(Dyadic::negate);
    return lo.flatMap(l -> hi.map(h -> new Span(l, h)));
  }

  private Optional<Dyadic> best(Combination combination) {
    Optional<Dyadic> box = inBox(combination);
    Optional<Dyadic> lines = linear ? byLines(combination) : Optional.empty();
    return box.flatMap(b -> lines.map(b::max)).or(() -> box);
  }

  private Optional<Span> reduced(Expression.Reduced reduced) {
    if (reduced.reduction() == Term.Reduction.SUM) {
      return total(reduced.of());
    }
    List<Optional<Span>> spans = elements(reduced.of());
    if (spans.isEmpty() || spans.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (reduced.reduction()) {
          case MAX -> folded(spans, Span::max);
          case MIN -> folded(spans, Span::min);
          case NORM1 -> atLeastTotal(folded(magnitudes(spans), Span::plus), reduced.of());
          case NORMINF -> folded(magnitudes(spans), Span::max);
          default -> folded(squares(spans), Span::plus).root();
        });
  }

  private List<Optional<Span>> elements(Subject of) {
    Value value = subjects().value(of);
    return IntStream.range(0, value.type().shape().count())
        .mapToObj(i -> span(Combination.of(value, i)))
        .toList();
  }

  /** A sum of magnitudes is at least the magnitude of the sum. */
  private Span atLeastTotal(Span magnitudes, Subject of) {
    return total(of)
        .map(Span::abs)
        .map(sum -> new Span(magnitudes.lo().max(sum.lo()), magnitudes.hi()))
        .orElse(magnitudes);
  }

  /** The sum of all elements, met with what a distribution sums to. */
  private Optional<Span> total(Subject of) {
    Value value = subjects().value(of);
    Optional<Span> sum = span(Combination.sum(value));
    return distribution(of).flatMap(one -> sum.map(one::meet)).or(() -> sum);
  }

  private static Span folded(List<Optional<Span>> spans, BinaryOperator<Span> by) {
    return spans.stream().map(Optional::orElseThrow).reduce(by).orElseThrow();
  }

  private static List<Optional<Span>> magnitudes(List<Optional<Span>> spans) {
    return spans.stream().map(span -> span.map(Span::abs)).toList();
  }

  private static List<Optional<Span>> squares(List<Optional<Span>> spans) {
    return spans.stream().map(span -> span.map(Span::abs).map(s -> s.times(s))).toList();
  }

  /** The softmax that makes a subject a distribution: along the last axis, of finite inputs. */
  Optional<Node> softmax(Subject subject) {
    return subjects()
        .softmax(subjects().value(subject))
        .filter(node -> known.range(node.in().get(0)).isBounded());
  }

  /**
   * The sum of one distribution of n numbers: over the reals 1; executed, sum and quotients round,
   * which moves it by less than (n + 2)u, however exact the exponentials are.
   */
  private Optional<Span> distribution(Subject of) {
    Value value = subjects().value(of);
    if (softmax(of).isEmpty()) {
      return Optional.empty();
    }
    int width = value.type().shape().size(-1);
    if (value.type().shape().count() != width || width > 1 << 18) {
      return Optional.empty();
    }
    Dyadic off = rounding.rounds() ? Dyadic.of(width + 2L, -24) : Dyadic.ZERO;
    return Optional.of(new Span(Dyadic.ONE.minus(off), Dyadic.ONE.plus(off)));
  }
}
