package dev.axiomml.core.property.statement;

import dev.axiomml.core.exact.ExactInterval;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.tensor.Tensor;
import java.util.Locale;
import java.util.Optional;

/** Why a formula does not hold of a sample, in the sample's numbers. */
record FormulaExplanation(Sample sample) {
  /** One line; {@code wanted} is false below a negation. */
  String of(Formula formula, boolean wanted) {
    if (formula instanceof Formula.Not not) {
      return of(not.formula(), !wanted);
    }
    if (formula instanceof Formula.And and) {
      return joined(new Side(and.left(), wanted), new Side(and.right(), wanted), wanted);
    }
    if (formula instanceof Formula.Or or) {
      return joined(new Side(or.left(), wanted), new Side(or.right(), wanted), !wanted);
    }
    if (formula instanceof Formula.Implies implies) {
      return joined(new Side(implies.left(), !wanted), new Side(implies.right(), wanted), !wanted);
    }
    return atom(formula, wanted);
  }

  /** One of two that are joined, denied where it is not wanted. */
  private record Side(Formula formula, boolean wanted) {}

  private String joined(Side left, Side right, boolean both) {
    if (both) {
      return of(holds(left) ? right : left);
    }
    return of(left) + "; " + of(right);
  }

  private String of(Side side) {
    return of(side.formula, side.wanted);
  }

  private boolean holds(Side side) {
    Formula asked = side.wanted ? side.formula : new Formula.Not(side.formula);
    return StatementEvaluation.decide(asked, sample) == Truth.HOLDS;
  }

  private String atom(Formula formula, boolean wanted) {
    String not = wanted ? "" : "not ";
    if (formula instanceof Formula.Compare compare) {
      return compare(compare, not);
    }
    if (formula instanceof Formula.Check check) {
      return check(check, not);
    }
    if (formula instanceof Formula.ArgmaxIs argmax) {
      return argmax(argmax, not);
    }
    return not + PropertyText.of(formula) + " is false";
  }

  private String compare(Formula.Compare c, String not) {
    String near =
        c.relation() == Formula.Relation.NEAR
            ? " within " + NearTolerance.text(c.left()) + ", which is " + allowance(c)
            : "";
    String wanted = (not.isEmpty() ? ", not " : ", which is ") + c.relation() + " ";
    return PropertyText.of(c.left()) + " is " + left(c) + wanted + value(c.right()) + near;
  }

  /** With what it differs by, where both sides would read alike. */
  private String left(Formula.Compare c) {
    double difference =
        number(c.left()) == number(c.right())
            ? number(new Term.Binary(Term.Arithmetic.MINUS, c.left(), c.right()))
            : 0;
    String more =
        String.format(Locale.ROOT, "%.3g", Math.abs(difference))
            + (difference > 0 ? " more" : " less");
    return Math.abs(difference) > 0 ? value(c.left()) + " and " + more : value(c.left());
  }

  private String allowance(Formula.Compare c) {
    if (c.left() instanceof Term.Reduce r && r.reduction() == Term.Reduction.SUM) {
      int size = sample.subject(r.of()).size();
      double share = NearTolerance.ofSum(size).doubleValue();
      return String.valueOf(share * number(new Term.Reduce(Term.Reduction.NORM1, r.of())));
    }
    return String.valueOf(1e-6 * Math.abs(number(c.left())));
  }

  private String value(Term term) {
    return term instanceof Term.Constant constant
        ? PropertyText.of(constant)
        : String.valueOf(number(term));
  }

  /** Rounded, for people; NaN where it is computed from an element that is not finite. */
  private double number(Term term) {
    if (term instanceof Term.Element element && sample.subject(element.of()).dtype().isFloat()) {
      return sample.subject(element.of()).doubleAt(position(element));
    }
    ExactExpression expression = compiler().expression(term);
    ExactExpression.Scaled whole = expression.scaled();
    Optional<ExactInterval> span = new ExactValue(sample).of(whole.of());
    double scale = StrictMath.pow(10, -whole.power());
    return span.map(s -> (s.lo().floorDouble() / 2 + s.hi().ceilDouble() / 2) * scale)
        .orElse(Double.NaN);
  }

  private int position(Term.Element element) {
    return compiler().position(element);
  }

  private StatementCompiler compiler() {
    return new StatementCompiler(sample.input().shape(), sample.output().shape(), false);
  }

  private String check(Formula.Check check, String not) {
    Tensor values = sample.subject(check.of());
    boolean probabilities = check.predicate() == Formula.Predicate.VALID_PROBABILITIES;
    if (!not.isEmpty() || (probabilities && outside(values) < 0)) {
      return probabilities && not.isEmpty()
          ? sums(values)
          : not + PropertyText.of(check) + " is false";
    }
    int at =
        probabilities ? outside(values) : StatementEvaluation.offender(check.predicate(), values);
    return "element " + at + " is " + values.doubleAt(at);
  }

  private static int outside(Tensor values) {
    for (int i = 0; i < values.size(); i++) {
      if (!(values.doubleAt(i) >= 0 && values.doubleAt(i) <= 1)) {
        return i;
      }
    }
    return -1;
  }

  private static String sums(Tensor values) {
    int width = values.shape().size(-1);
    double tolerance = NearTolerance.ofSum(width).doubleValue();
    for (int row = 0; row < values.size(); row += width) {
      double sum = 0;
      for (int i = row; i < row + width; i++) {
        sum += values.doubleAt(i);
      }
      if (!(Math.abs(sum - 1) <= tolerance)) {
        return "row " + row / width + " sums to " + sum + ", more than " + tolerance + " from 1";
      }
    }
    return "a row does not sum to 1 within " + tolerance;
  }

  private String argmax(Formula.ArgmaxIs argmax, String not) {
    Tensor values = sample.subject(argmax.of());
    int width = values.shape().size(-1);
    for (int row = 0; not.isEmpty() && row < values.size(); row += width) {
      double own = values.doubleAt(row + argmax.index());
      int larger = larger(values, row, own);
      if (larger >= 0) {
        String in = values.size() == width ? "" : " of row " + row / width;
        return "element %d%s is %s, element %d is %s"
            .formatted(larger - row, in, values.doubleAt(larger), argmax.index(), own);
      }
    }
    return not + PropertyText.of(argmax) + " is false";
  }

  /** The first element of a row that a number is not as large as; −1 for none. */
  private static int larger(Tensor values, int row, double own) {
    for (int i = row; i < row + values.shape().size(-1); i++) {
      if (!(own >= values.doubleAt(i))) {
        return i;
      }
    }
    return -1;
  }
}
