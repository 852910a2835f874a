package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.exact.ExactInterval;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.property.statement.ExactExpression;
import dev.axiomml.verify.check.integer.CellKnowledge;
import dev.axiomml.verify.check.integer.ExactRounding;
import dev.axiomml.verify.check.integer.IntegerBackward;
import dev.axiomml.verify.check.integer.IntegerForms;
import dev.axiomml.verify.check.integer.IntegerPlane;
import dev.axiomml.verify.check.integer.IntegerRange;
import dev.axiomml.verify.check.integer.IntegerRows;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the terms of a formula can amount to on a box. Combinations that are expected are walked
 * back side by side, once one of them is asked for.
 */
final class TermRanges {
  private static final int COLUMNS = 64;
  private static final int MOST = 1 << 20;
  private static final int EXPECTED = 1 << 12;
  private final IntegerForms forms;
  private final CellKnowledge known;
  private final ExactRounding rounding;
  private final boolean linear;
  private final Set<ElementCombination> expected = new LinkedHashSet<>();
  private final Map<ElementCombination, Optional<Dyadic>> walked = new HashMap<>();
  private final Map<ElementCombination, Optional<IntegerPlane>> planes = new HashMap<>();

  /**
   * @param linear whether a backward walk may be used, or intervals only
   */
  TermRanges(IntegerForms forms, CellKnowledge known, ExactRounding rounding, boolean linear) {
    this.forms = forms;
    this.known = known;
    this.rounding = rounding;
    this.linear = linear;
  }

  CheckedSubjects subjects() {
    return new CheckedSubjects(forms.graph());
  }

  IntegerRange range(Subject subject) {
    return known.range(subjects().value(subject));
  }

  ExactRounding rounding() {
    return rounding;
  }

  /** Whether a combination never falls below a number; above it, when {@code strict}. */
  boolean atLeast(ElementCombination combination, Dyadic number, boolean strict) {
    return reaches(inBox(combination), number, strict)
        || (linear && reaches(byLines(combination), number, strict));
  }

  private static boolean reaches(Optional<Dyadic> least, Dyadic number, boolean strict) {
    return least.filter(l -> strict ? number.below(l) : !l.below(number)).isPresent();
  }

  private Optional<Dyadic> inBox(ElementCombination combination) {
    Dyadic least = combination.constant();
    for (Map.Entry<Value, Map<Integer, Dyadic>> part : combination.weights().entrySet()) {
      IntegerRange range = known.range(part.getKey());
      if (!range.isBounded()) {
        return Optional.empty();
      }
      forms.meter().spend(part.getValue().size());
      for (Map.Entry<Integer, Dyadic> one : part.getValue().entrySet()) {
        Dyadic weight = one.getValue();
        int i = one.getKey();
        least = least.plus(weight.times(weight.sign() >= 0 ? range.lo(i) : range.hi(i)));
      }
    }
    return Optional.of(least);
  }

  /** Combinations that will be asked for. */
  void expect(ElementCombination combination) {
    if (linear && expected.size() < EXPECTED && !combination.weights().isEmpty()) {
      expected.add(combination);
    }
  }

  private Optional<Dyadic> byLines(ElementCombination combination) {
    if (combination.weights().isEmpty()) {
      return Optional.of(combination.constant());
    }
    if (!walked.containsKey(combination)) {
      walk(beside(combination));
    }
    return Objects.requireNonNull(walked.get(combination));
  }

  /** A combination and others that are expected, as many as one walk takes. */
  private List<ElementCombination> beside(ElementCombination combination) {
    long size =
        combination.weights().keySet().stream().mapToLong(v -> v.type().shape().count()).sum();
    long most = Math.min(COLUMNS, Math.max(1, MOST / size));
    expected.remove(combination);
    List<ElementCombination> some =
        Stream.concat(Stream.of(combination), expected.stream()).limit(most).toList();
    some.forEach(expected::remove);
    return some;
  }

  /** What a combination is at least in terms of the inputs; empty where nothing is known. */
  Optional<IntegerPlane> plane(ElementCombination combination) {
    if (combination.weights().isEmpty()) {
      return Optional.empty();
    }
    if (!planes.containsKey(combination)) {
      List<ElementCombination> some = beside(combination);
      List<Optional<IntegerPlane>> found = IntegerBackward.planes(forms, known, seeds(some));
      for (int c = 0; c < found.size(); c++) {
        Dyadic constant = some.get(c).constant();
        planes.put(
            some.get(c),
            found.get(c).map(p -> new IntegerPlane(p.constant().plus(constant), p.slopes())));
      }
    }
    return Objects.requireNonNull(planes.get(combination));
  }

  private void walk(List<ElementCombination> columns) {
    List<Optional<Dyadic>> least = IntegerBackward.least(forms, known, seeds(columns));
    for (int c = 0; c < columns.size(); c++) {
      walked.put(columns.get(c), least.get(c).map(columns.get(c).constant()::plus));
    }
  }

  private Map<Value, IntegerRows> seeds(List<ElementCombination> columns) {
    Set<Value> values = new LinkedHashSet<>();
    columns.forEach(column -> values.addAll(column.weights().keySet()));
    Map<Value, IntegerRows> seeds = new LinkedHashMap<>();
    for (Value value : values) {
      Dyadic[][] rows =
          columns.stream()
              .map(c -> ElementCombination.row(value, c.weights().getOrDefault(value, Map.of())))
              .toArray(Dyadic[][]::new);
      seeds.put(value, IntegerRows.of(rows, forms.bits()));
    }
    return seeds;
  }

  /** The interval of an expression in whole factors; empty where nothing is known. */
  Optional<ExactInterval> span(ExactExpression expression) {
    ExactExpression linear =
        new ExactExpression(expression.elements(), Map.of(), expression.constant());
    Optional<ExactInterval> sum = span(ElementCombination.of(linear, subjects()));
    for (Map.Entry<ExactExpression.Piece, BigDecimal> part : expression.pieces().entrySet()) {
      ExactInterval factor = ExactInterval.of(ElementCombination.whole(part.getValue()));
      Optional<ExactInterval> piece = sum.flatMap(known -> piece(part.getKey()));
      sum = sum.flatMap(s -> piece.map(p -> s.plus(p.times(factor))));
    }
    return sum;
  }

  private Optional<ExactInterval> piece(ExactExpression.Piece piece) {
    if (piece instanceof ExactExpression.Absolute absolute) {
      return span(absolute.of()).map(ExactInterval::abs);
    }
    if (piece instanceof ExactExpression.Product product) {
      Optional<ExactInterval> left = span(product.left());
      return product.left().equals(product.right())
          ? left.map(ExactInterval::abs).map(s -> s.times(s))
          : left.flatMap(l -> span(product.right()).map(l::times));
    }
    return reduced((ExactExpression.Reduced) piece);
  }

  private Optional<ExactInterval> span(ElementCombination combination) {
    Optional<Dyadic> lo = best(combination);
    Optional<Dyadic> hi = best(combination.times(Dyadic.ONE.negate())).map(Dyadic::negate);
    return lo.flatMap(l -> hi.map(h -> new ExactInterval(l, h)));
  }

  private Optional<Dyadic> best(ElementCombination combination) {
    Optional<Dyadic> box = inBox(combination);
    Optional<Dyadic> lines = linear ? byLines(combination) : Optional.empty();
    return box.flatMap(b -> lines.map(b::max)).or(() -> box);
  }

  private Optional<ExactInterval> reduced(ExactExpression.Reduced reduced) {
    if (reduced.reduction() == Term.Reduction.SUM) {
      return total(reduced.of());
    }
    List<Optional<ExactInterval>> spans = elements(reduced.of());
    if (spans.isEmpty() || spans.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (reduced.reduction()) {
          case MAX -> folded(spans, ExactInterval::max);
          case MIN -> folded(spans, ExactInterval::min);
          case NORM1 -> atLeastTotal(folded(magnitudes(spans), ExactInterval::plus), reduced.of());
          case NORMINF -> folded(magnitudes(spans), ExactInterval::max);
          default -> folded(squares(spans), ExactInterval::plus).root();
        });
  }

  private List<Optional<ExactInterval>> elements(Subject of) {
    Value value = subjects().value(of);
    return IntStream.range(0, value.type().shape().count())
        .mapToObj(i -> span(ElementCombination.of(value, i)))
        .toList();
  }

  /** A sum of magnitudes is at least the magnitude of the sum. */
  private ExactInterval atLeastTotal(ExactInterval magnitudes, Subject of) {
    return total(of)
        .map(ExactInterval::abs)
        .map(sum -> new ExactInterval(magnitudes.lo().max(sum.lo()), magnitudes.hi()))
        .orElse(magnitudes);
  }

  /** The sum of all elements, met with what a distribution sums to. */
  private Optional<ExactInterval> total(Subject of) {
    Value value = subjects().value(of);
    Optional<ExactInterval> sum = span(ElementCombination.sum(value));
    return distribution(of).flatMap(one -> sum.map(one::meet)).or(() -> sum);
  }

  private static ExactInterval folded(
      List<Optional<ExactInterval>> spans, BinaryOperator<ExactInterval> by) {
    return spans.stream().map(Optional::orElseThrow).reduce(by).orElseThrow();
  }

  private static List<Optional<ExactInterval>> magnitudes(List<Optional<ExactInterval>> spans) {
    return spans.stream().map(span -> span.map(ExactInterval::abs)).toList();
  }

  private static List<Optional<ExactInterval>> squares(List<Optional<ExactInterval>> spans) {
    return spans.stream().map(span -> span.map(ExactInterval::abs).map(s -> s.times(s))).toList();
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
  private Optional<ExactInterval> distribution(Subject of) {
    Value value = subjects().value(of);
    if (softmax(of).isEmpty()) {
      return Optional.empty();
    }
    int width = value.type().shape().size(-1);
    if (value.type().shape().count() != width || width > 1 << 18) {
      return Optional.empty();
    }
    Dyadic off = rounding.rounds() ? Dyadic.of(width + 2L, -24) : Dyadic.ZERO;
    return Optional.of(new ExactInterval(Dyadic.ONE.minus(off), Dyadic.ONE.plus(off)));
  }
}
