package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

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

  /** The interval of a term; empty where nothing is known. */
  Optional<Span> span(Term term) {
    Optional<Combination> combination = Combination.of(term, subjects());
    if (combination.isPresent()) {
      Optional<Span> sum = combination.flatMap(this::span);
      return distribution(term).flatMap(one -> sum.map(one::meet)).or(() -> sum);
    }
    if (term instanceof Term.Reduce reduce) {
      return reduced(reduce);
    }
    if (!(term instanceof Term.Binary binary)) {
      return Optional.empty();
    }
    Optional<Span> right = span(binary.right());
    return span(binary.left()).flatMap(l -> right.map(r -> joined(binary.operation(), l, r)));
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

  private static Span joined(Term.Arithmetic operation, Span left, Span right) {
    return switch (operation) {
      case PLUS -> left.plus(right);
      case MINUS -> left.plus(right.negate());
      case TIMES -> left.times(right);
    };
  }

  private Optional<Span> reduced(Term.Reduce reduce) {
    List<Optional<Span>> spans = subjects().elements(reduce.of()).stream().map(this::span).toList();
    if (spans.isEmpty() || spans.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (reduce.reduction()) {
          case SUM -> folded(spans, Span::plus);
          case MAX -> folded(spans, Span::max);
          case MIN -> folded(spans, Span::min);
          case NORM1 -> folded(magnitudes(spans), Span::plus);
          case NORMINF -> folded(magnitudes(spans), Span::max);
          case NORM2 -> folded(squares(spans), Span::plus).root();
        });
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
  private Optional<Span> distribution(Term term) {
    boolean sums = term instanceof Term.Reduce reduce && reduce.reduction() == Term.Reduction.SUM;
    if (!sums || softmax(((Term.Reduce) term).of()).isEmpty()) {
      return Optional.empty();
    }
    Value value = subjects().value(((Term.Reduce) term).of());
    int width = value.type().shape().size(-1);
    if (value.type().shape().count() != width || width > 1 << 18) {
      return Optional.empty();
    }
    Dyadic off = rounding.rounds() ? Dyadic.of(width + 2L, -24) : Dyadic.ZERO;
    return Optional.of(new Span(Dyadic.ONE.minus(off), Dyadic.ONE.plus(off)));
  }
}
