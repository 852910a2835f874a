package dev.axiomml.verify.smt;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A formula as a fact about a network's first input and first output. */
final class Statement {
  private final Facts facts;
  private final Amounts amounts;
  private final Encoded output;
  private final int width;
  private String gap = "the formula has no straight pieces";

  Statement(Graph graph, Facts facts, Encoded input, Encoded output) {
    Value in = graph.inputs().get(0);
    Value out = graph.outputs().get(0);
    this.facts = facts;
    this.output = output;
    this.width = out.type().shape().rank() == 0 ? 1 : out.type().shape().size(-1);
    this.amounts =
        new Amounts(
            facts, new Amounts.Subjects(input, output, in.type().shape(), out.type().shape()));
  }

  /** Why there was no fact. */
  String gap() {
    return output.gap().orElse(gap);
  }

  /** Empty where the formula cannot be written with straight pieces. */
  Optional<Fact> fact(Formula formula) {
    if (formula instanceof Formula.And and) {
      return both(fact(and.left()), fact(and.right())).map(Fact.All::new);
    }
    if (formula instanceof Formula.Or or) {
      return both(fact(or.left()), fact(or.right())).map(Fact.Any::new);
    }
    if (formula instanceof Formula.Implies implies) {
      Optional<Fact> not = fact(implies.left()).map(Fact.Not::new);
      return both(not, fact(implies.right())).map(Fact.Any::new);
    }
    if (formula instanceof Formula.Not not) {
      return fact(not.formula()).map(Fact.Not::new);
    }
    Optional<Fact> atom = atom(formula);
    gap = atom.isEmpty() ? PropertyText.of(formula) + " has no straight pieces" : gap;
    return atom;
  }

  private static Optional<List<Fact>> both(Optional<Fact> left, Optional<Fact> right) {
    return left.flatMap(l -> right.map(r -> List.of(l, r)));
  }

  private Optional<Fact> atom(Formula formula) {
    if (formula instanceof Formula.Compare c) {
      Optional<Real> right = amounts.of(c.right());
      return amounts.of(c.left()).flatMap(l -> right.flatMap(r -> compared(c, l, r)));
    }
    if (formula instanceof Formula.Check check) {
      return checked(check);
    }
    if (formula instanceof Formula.ArgmaxIs argmax) {
      return largest(argmax);
    }
    return formula instanceof Formula.True ? Optional.of(Fact.all()) : Optional.empty();
  }

  private Optional<Fact> compared(Formula.Compare c, Real left, Real right) {
    return switch (c.relation()) {
      case LE -> Optional.of(new Fact.AtMost(left, right));
      case LT -> Optional.of(new Fact.Below(left, right));
      case GE -> Optional.of(new Fact.AtMost(right, left));
      case GT -> Optional.of(new Fact.Below(right, left));
      case EQ -> Optional.of(new Fact.Equal(left, right));
      case NEAR -> near(c, left, right);
    };
  }

  /** Within the rounding bound of a sum, else within 1e-6 of the left side. */
  private Optional<Fact> near(Formula.Compare c, Real left, Real right) {
    Real off = facts.magnitude(left.minus(right));
    if (c.left() instanceof Term.Reduce reduce && reduce.reduction() == Term.Reduction.SUM) {
      BigDecimal share = new BigDecimal((2.0 * amounts.size(reduce.of()) + 3) * 0x1p-24);
      return amounts
          .of(new Term.Reduce(Term.Reduction.NORM1, reduce.of()))
          .map(magnitude -> new Fact.AtMost(off, magnitude.times(share)));
    }
    return Optional.of(new Fact.AtMost(off, facts.magnitude(left).times(new BigDecimal("1e-6"))));
  }

  /** Real numbers are finite. */
  private Optional<Fact> checked(Formula.Check check) {
    if (check.predicate() != Formula.Predicate.VALID_PROBABILITIES) {
      boolean known = check.of() != Subject.OUTPUT || output.gap().isEmpty();
      return known ? Optional.of(Fact.all()) : Optional.empty();
    }
    List<Real> elements = amounts.elements(check.of());
    if (elements.isEmpty()) {
      return Optional.empty();
    }
    List<Fact> all = new ArrayList<>();
    elements.forEach(e -> all.add(Fact.between(Real.zero(), e, Real.of(1))));
    Real tolerance = Real.of((2.0 * width + 3) * 0x1p-24);
    for (int row = 0; row < elements.size(); row += width) {
      Real sum = new Real.Sum(elements.subList(row, row + width));
      all.add(new Fact.AtMost(facts.magnitude(sum.minus(Real.of(1))), tolerance));
    }
    return Optional.of(new Fact.All(all));
  }

  /** Through a softmax the scores decide. */
  private Optional<Fact> largest(Formula.ArgmaxIs argmax) {
    boolean scores = argmax.of() == Subject.OUTPUT && output.gap().isPresent();
    List<Real> elements = scores ? output.scores() : amounts.elements(argmax.of());
    int n = Math.min(width, elements.size());
    if (argmax.of() != Subject.OUTPUT || argmax.index() >= n) {
      return Optional.empty();
    }
    List<Fact> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      all.add(new Fact.AtMost(elements.get(i), elements.get(argmax.index())));
    }
    return Optional.of(new Fact.All(all));
  }
}
