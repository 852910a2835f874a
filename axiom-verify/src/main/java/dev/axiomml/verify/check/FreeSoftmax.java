package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Softmax;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.Semantics;
import java.util.List;
import java.util.Optional;

/**
 * What holds of {@code softmax(x)} for a free finite vector of any length, whatever the model: its
 * elements lie in [0, 1] and sum to one, executed to one within {@code (2n + 3)u}.
 */
record FreeSoftmax(Semantics semantics) {
  private static final Span UNIT = new Span(Dyadic.ZERO, Dyadic.ONE);

  /** Whether a formula speaks of it. */
  static boolean isMeant(Formula formula) {
    return formula.toString().contains("of=" + Subject.SOFTMAX);
  }

  /** One softmax over a vector like this one. */
  static Graph graph(Tensor x) {
    GraphBuilder builder = Graph.builder();
    Value input = builder.input("x", x.type());
    return builder.build(builder.add("softmax", new Softmax(-1), List.of(input)));
  }

  boolean holds(Formula formula) {
    if (formula instanceof Formula.And and) {
      return holds(and.left()) && holds(and.right());
    }
    if (formula instanceof Formula.Or or) {
      return holds(or.left()) || holds(or.right());
    }
    if (formula instanceof Formula.Check check) {
      return check.of() == Subject.SOFTMAX;
    }
    return formula instanceof Formula.True
        || (formula instanceof Formula.Compare compare && holds(compare));
  }

  private boolean holds(Formula.Compare c) {
    if (c.relation() == Formula.Relation.NEAR) {
      boolean one = c.right() instanceof Term.Constant k && k.value() == 1;
      return one && isTotal(c.left());
    }
    Optional<Span> right = span(c.right());
    return span(c.left()).filter(l -> right.filter(r -> holds(c, l, r)).isPresent()).isPresent();
  }

  private static boolean holds(Formula.Compare c, Span left, Span right) {
    return switch (c.relation()) {
      case LE -> !right.lo().below(left.hi());
      case LT -> left.hi().below(right.lo());
      case GE -> !left.lo().below(right.hi());
      case GT -> right.hi().below(left.lo());
      case EQ -> left.lo().equals(right.hi()) && left.hi().equals(right.lo());
      case NEAR -> false;
    };
  }

  private static boolean isTotal(Term term) {
    return term instanceof Term.Reduce reduce
        && reduce.of() == Subject.SOFTMAX
        && reduce.reduction() == Term.Reduction.SUM;
  }

  private Optional<Span> span(Term term) {
    if (term instanceof Term.Constant constant) {
      boolean finite = Math.abs(constant.value()) <= Double.MAX_VALUE;
      return finite ? Optional.of(Span.of(Dyadic.of(constant.value()))) : Optional.empty();
    }
    if (term instanceof Term.Element element && element.of() == Subject.SOFTMAX) {
      return Optional.of(UNIT);
    }
    if (!(term instanceof Term.Reduce reduce) || reduce.of() != Subject.SOFTMAX) {
      return Optional.empty();
    }
    return switch (reduce.reduction()) {
      case MAX, MIN, NORMINF -> Optional.of(UNIT);
      case SUM, NORM1 ->
          semantics == Semantics.REAL ? Optional.of(Span.of(Dyadic.ONE)) : Optional.empty();
      case NORM2 -> semantics == Semantics.REAL ? Optional.of(UNIT) : Optional.empty();
    };
  }
}
