package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Formula.Predicate;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Formulas in three values on one box: shown to hold, shown to fail, or neither.
 *
 * <p>Whatever is not known here is not shown.
 */
record Judge(Amounts amounts) {
  /** Executions of exp within 4 ulps keep the order of two logits that are this far apart. */
  private static final Dyadic GAP = Dyadic.of(1, -19);

  /** The formula holds for every input of the box. */
  boolean holds(Formula formula) {
    if (formula instanceof Formula.And and) {
      return holds(and.left()) && holds(and.right());
    }
    if (formula instanceof Formula.Or or) {
      return holds(or.left()) || holds(or.right());
    }
    if (formula instanceof Formula.Implies implies) {
      return fails(implies.left()) || holds(implies.right());
    }
    if (formula instanceof Formula.Not not) {
      return fails(not.formula());
    }
    if (formula instanceof Formula.Compare compare) {
      return compares(compare);
    }
    if (formula instanceof Formula.Check check) {
      return checks(check);
    }
    return formula instanceof Formula.ArgmaxIs argmax
        ? largest(argmax)
        : formula instanceof Formula.True;
  }

  /** The formula fails for every input of the box. */
  boolean fails(Formula formula) {
    if (formula instanceof Formula.And and) {
      return fails(and.left()) || fails(and.right());
    }
    if (formula instanceof Formula.Or or) {
      return fails(or.left()) && fails(or.right());
    }
    if (formula instanceof Formula.Implies implies) {
      return holds(implies.left()) && fails(implies.right());
    }
    if (formula instanceof Formula.Not not) {
      return holds(not.formula());
    }
    if (formula instanceof Formula.Compare compare) {
      return misses(compare);
    }
    return formula instanceof Formula.ArgmaxIs argmax && beaten(argmax);
  }

  private boolean compares(Formula.Compare c) {
    return switch (c.relation()) {
      case LE -> ordered(c.left(), c.right(), false);
      case LT -> ordered(c.left(), c.right(), true);
      case GE -> ordered(c.right(), c.left(), false);
      case GT -> ordered(c.right(), c.left(), true);
      case EQ -> ordered(c.left(), c.right(), false) && ordered(c.right(), c.left(), false);
      case NEAR -> near(c.left(), c.right());
    };
  }

  private boolean misses(Formula.Compare c) {
    return switch (c.relation()) {
      case LE -> ordered(c.right(), c.left(), true);
      case LT -> ordered(c.right(), c.left(), false);
      case GE -> ordered(c.left(), c.right(), true);
      case GT -> ordered(c.left(), c.right(), false);
      case EQ -> ordered(c.left(), c.right(), true) || ordered(c.right(), c.left(), true);
      case NEAR -> false;
    };
  }

  /** {@code small ≤ large}, or less when strict. */
  private boolean ordered(Term small, Term large, boolean strict) {
    if (is(small, Term.Reduction.MAX)) {
      return elements(small).allMatch(element -> ordered(element, large, strict));
    }
    if (is(large, Term.Reduction.MIN)) {
      return elements(large).allMatch(element -> ordered(small, element, strict));
    }
    if (is(small, Term.Reduction.NORMINF)) {
      return elements(small)
          .allMatch(e -> ordered(e, large, strict) && ordered(negated(e), large, strict));
    }
    if (is(small, Term.Reduction.MIN)) {
      return elements(small).anyMatch(element -> ordered(element, large, strict));
    }
    if (is(large, Term.Reduction.MAX)) {
      return elements(large).anyMatch(element -> ordered(small, element, strict));
    }
    Optional<Combination> difference =
        Combination.of(new Term.Binary(Term.Arithmetic.MINUS, large, small), amounts.subjects());
    return difference.filter(d -> amounts.atLeast(d, Dyadic.ZERO, strict)).isPresent()
        || apart(small, large, strict);
  }

  private boolean apart(Term small, Term large, boolean strict) {
    Optional<Span> below = amounts.span(small);
    Optional<Span> above = amounts.span(large);
    return below
        .filter(
            b ->
                above
                    .filter(a -> strict ? b.hi().below(a.lo()) : !a.lo().below(b.hi()))
                    .isPresent())
        .isPresent();
  }

  private static Term negated(Term term) {
    return new Term.Binary(Term.Arithmetic.MINUS, new Term.Constant(0), term);
  }

  private static boolean is(Term term, Term.Reduction reduction) {
    return term instanceof Term.Reduce reduce && reduce.reduction() == reduction;
  }

  private Stream<Term> elements(Term term) {
    return amounts.subjects().elements(((Term.Reduce) term).of()).stream();
  }

  /** Within the rounding bound of a sum, else within 1e-6 of the left side. */
  private boolean near(Term left, Term right) {
    Optional<Dyadic> off =
        amounts
            .span(new Term.Binary(Term.Arithmetic.MINUS, left, right))
            .map(span -> span.abs().hi());
    Optional<Span> exact = amounts.span(left).flatMap(l -> amounts.span(right).map(r -> off(l, r)));
    Optional<Dyadic> least = off.flatMap(o -> exact.map(e -> o.min(e.hi()))).or(() -> off);
    return least.filter(o -> tolerance(left).filter(t -> !t.below(o)).isPresent()).isPresent();
  }

  private static Span off(Span left, Span right) {
    return left.plus(right.negate()).abs();
  }

  private Optional<Dyadic> tolerance(Term left) {
    if (!is(left, Term.Reduction.SUM)) {
      Dyadic share = Dyadic.of(0.999999e-6);
      return amounts.span(left).map(span -> span.abs().lo().times(share));
    }
    Subject subject = ((Term.Reduce) left).of();
    long width = amounts.range(subject).size();
    Optional<Span> magnitude = amounts.span(new Term.Reduce(Term.Reduction.NORM1, subject));
    Optional<Span> sum = amounts.span(left).map(Span::abs);
    return magnitude
        .flatMap(m -> sum.map(s -> m.lo().max(s.lo())))
        .map(least -> least.times(Dyadic.of(2 * width + 3, -24)).times(Dyadic.of(0.999999)));
  }

  private boolean checks(Formula.Check check) {
    if (check.predicate() == Predicate.VALID_PROBABILITIES) {
      return amounts.softmax(check.of()).isPresent();
    }
    return amounts.range(check.of()).isBounded();
  }

  /** Through a softmax the order of the logits decides, ties allowed. */
  private boolean largest(Formula.ArgmaxIs argmax) {
    Value value = amounts.subjects().value(argmax.of());
    Optional<Node> softmax = amounts.softmax(argmax.of());
    Value scores = softmax.map(node -> node.in().get(0)).orElse(value);
    Dyadic gap = softmax.isPresent() && amounts.rounding().rounds() ? GAP : Dyadic.ZERO;
    int width = value.type().shape().size(-1);
    for (int other = 0; other < width; other++) {
      boolean wins =
          other == argmax.index()
              || amounts.atLeast(difference(scores, argmax.index(), other), gap, false);
      if (!wins) {
        return false;
      }
    }
    return argmax.index() < width;
  }

  private boolean beaten(Formula.ArgmaxIs argmax) {
    Value value = amounts.subjects().value(argmax.of());
    int width = value.type().shape().size(-1);
    if (argmax.index() >= width) {
      return true;
    }
    List<Integer> others = Stream.iterate(0, i -> i + 1).limit(width).toList();
    return others.stream()
        .filter(other -> other != argmax.index())
        .anyMatch(
            other -> amounts.atLeast(difference(value, other, argmax.index()), Dyadic.ZERO, true));
  }

  private static Combination difference(Value value, int winner, int other) {
    return Combination.of(value, winner).minus(Combination.of(value, other));
  }
}
