package dev.axiomml.interop.vnnlib;

import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.tensor.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * Conditions of a query as formulas about one sample.
 *
 * @param input the input's shape, its first axis of size one where it has a batch
 * @param output likewise
 * @param firstOutput the number of the output's first element
 */
record VnnFormulas(Shape input, Shape output, int firstOutput) {
  Formula of(VnnCondition condition) {
    if (condition instanceof VnnCondition.All all) {
      return joined(all.parts(), new Formula.True(), Formula.And::new);
    }
    if (condition instanceof VnnCondition.Any any) {
      return joined(any.parts(), new Formula.Not(new Formula.True()), Formula.Or::new);
    }
    return of((VnnCondition.Comparison) condition);
  }

  private Formula of(VnnCondition.Comparison comparison) {
    Term left = side(comparison, 1);
    Term right = side(comparison, -1);
    return switch (comparison.relation()) {
      case LE -> new Formula.Compare(left, Formula.Relation.LE, right);
      case LT -> new Formula.Compare(left, Formula.Relation.LT, right);
      case GE -> new Formula.Compare(left, Formula.Relation.GE, right);
      case GT -> new Formula.Compare(left, Formula.Relation.GT, right);
      case EQ -> new Formula.Compare(left, Formula.Relation.EQ, right);
      case NE ->
          new Formula.Or(
              new Formula.Compare(left, Formula.Relation.LT, right),
              new Formula.Compare(left, Formula.Relation.GT, right));
    };
  }

  /** The positive terms are on the left side, the others and the bound on the right one. */
  private Term side(VnnCondition.Comparison comparison, int sign) {
    VnnSum sum = comparison.sum();
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < sum.elements().length; i++) {
      if (sum.factors()[i].signum() == sign) {
        terms.add(term(sum.factors()[i].abs(), element(sum.elements()[i])));
      }
    }
    boolean bound = sign < 0 && comparison.bound().signum() != 0;
    if (bound || terms.isEmpty()) {
      terms.add(new Term.Constant(bound ? comparison.bound() : BigDecimal.ZERO));
    }
    return halved(terms, (a, b) -> new Term.Binary(Term.Arithmetic.PLUS, a, b));
  }

  private static Term term(BigDecimal factor, Term element) {
    return factor.compareTo(BigDecimal.ONE) == 0
        ? element
        : new Term.Binary(Term.Arithmetic.TIMES, new Term.Constant(factor), element);
  }

  private Term element(int number) {
    return number < firstOutput
        ? new Term.Element(Subject.INPUT, index(number, input))
        : new Term.Element(Subject.OUTPUT, index(number - firstOutput, output));
  }

  /** The indices of an element behind the batch. */
  private static List<Integer> index(int number, Shape shape) {
    int batch = shape.rank() > 0 && shape.size(0) == 1 ? 1 : 0;
    Integer[] index = new Integer[shape.rank() - batch];
    int rest = number;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      int size = shape.size(axis + batch);
      index[axis] = rest % size;
      rest /= size;
    }
    return Arrays.asList(index);
  }

  private Formula joined(List<VnnCondition> parts, Formula none, BinaryOperator<Formula> join) {
    List<Formula> formulas = parts.stream().map(this::of).toList();
    return formulas.isEmpty() ? none : halved(formulas, join);
  }

  /** Joined in halves, so that thousands of parts nest a dozen deep. */
  private static <T> T halved(List<T> parts, BinaryOperator<T> join) {
    int middle = parts.size() / 2;
    return parts.size() == 1
        ? parts.get(0)
        : join.apply(
            halved(parts.subList(0, middle), join),
            halved(parts.subList(middle, parts.size()), join));
  }
}
