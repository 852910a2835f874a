package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.cert.ProofSemantics;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What holds of {@code softmax(x)} for a free finite vector of any length, whatever the model: its
 * elements lie in [0, 1] and sum to one, executed to one within {@code (2n + 3)u}.
 */
record FreeSoftmax(ProofSemantics semantics) {
  private static final Range UNIT = new Range(BigDecimal.ZERO, BigDecimal.ONE);

  /** From a number to another, ends included. */
  private record Range(BigDecimal lo, BigDecimal hi) {
    static Range of(BigDecimal exactly) {
      return new Range(exactly, exactly);
    }
  }

  /** Whether a formula speaks of it. */
  static boolean isMeant(Formula formula) {
    return formula.mentions(Subject.SOFTMAX);
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
      boolean one =
          c.right() instanceof Term.Constant k && k.value().compareTo(BigDecimal.ONE) == 0;
      return one && isTotal(c.left());
    }
    Optional<Range> right = range(c.right());
    return range(c.left()).filter(l -> right.filter(r -> holds(c, l, r)).isPresent()).isPresent();
  }

  private static boolean holds(Formula.Compare c, Range left, Range right) {
    return switch (c.relation()) {
      case LE -> left.hi().compareTo(right.lo()) <= 0;
      case LT -> left.hi().compareTo(right.lo()) < 0;
      case GE -> left.lo().compareTo(right.hi()) >= 0;
      case GT -> left.lo().compareTo(right.hi()) > 0;
      case EQ -> left.lo().compareTo(right.hi()) == 0 && left.hi().compareTo(right.lo()) == 0;
      case NEAR -> false;
    };
  }

  private static boolean isTotal(Term term) {
    return term instanceof Term.Reduce reduce
        && reduce.of() == Subject.SOFTMAX
        && reduce.reduction() == Term.Reduction.SUM;
  }

  private Optional<Range> range(Term term) {
    if (term instanceof Term.Constant constant) {
      return Optional.of(Range.of(constant.value()));
    }
    if (term instanceof Term.Element element && element.of() == Subject.SOFTMAX) {
      if (element.index().size() != 1) {
        return Optional.empty(); // a vector has no such element
      }
      return Optional.of(UNIT);
    }
    if (!(term instanceof Term.Reduce reduce) || reduce.of() != Subject.SOFTMAX) {
      return Optional.empty();
    }
    return switch (reduce.reduction()) {
      case MAX, MIN, NORMINF -> Optional.of(UNIT);
      case SUM, NORM1 ->
          semantics == ProofSemantics.REAL
              ? Optional.of(Range.of(BigDecimal.ONE))
              : Optional.empty();
      case NORM2 -> semantics == ProofSemantics.REAL ? Optional.of(UNIT) : Optional.empty();
    };
  }
}
