package dev.axiomml.core.property;

import dev.axiomml.core.property.Formula.Relation;
import dev.axiomml.core.tensor.Tensor;
import java.util.Optional;

/**
 * Properties evaluated on one sample, in double precision.
 *
 * <p>A comparison with NaN is false. What speaks of more than the sample, {@code ArgmaxStays} and
 * {@code LocalLipschitz}, is not evaluated here.
 */
public final class Evaluation {
  private static final double UNIT = 0x1p-24;

  private Evaluation() {}

  /** Why the formula does not hold, with the values; empty when it holds. */
  public static Optional<String> fault(Formula formula, Sample sample) {
    if (formula instanceof Formula.And and) {
      return fault(and.left(), sample).or(() -> fault(and.right(), sample));
    }
    if (formula instanceof Formula.Or or) {
      return fault(or.left(), sample)
          .flatMap(left -> fault(or.right(), sample).map(right -> left + "; " + right));
    }
    if (formula instanceof Formula.Implies implies) {
      return fault(implies.left(), sample).isPresent()
          ? Optional.empty()
          : fault(implies.right(), sample);
    }
    if (formula instanceof Formula.Not not) {
      return fault(not.formula(), sample).isPresent()
          ? Optional.empty()
          : Optional.of(PropertyText.of(not.formula()) + " holds");
    }
    return formula instanceof Formula.True ? Optional.empty() : atom(formula, sample);
  }

  private static Optional<String> atom(Formula formula, Sample sample) {
    if (formula instanceof Formula.Compare c) {
      return compare(c, sample);
    }
    if (formula instanceof Formula.Check check) {
      return Elements.fault(check.predicate(), sample.subject(check.of()));
    }
    if (formula instanceof Formula.ArgmaxIs argmax) {
      return argmax(argmax, sample.subject(argmax.of()));
    }
    throw new IllegalArgumentException(
        PropertyText.of(formula) + " speaks of more than one sample");
  }

  private static Optional<String> argmax(Formula.ArgmaxIs wanted, Tensor values) {
    int width = values.shape().size(-1);
    double own = wanted.index() < width ? values.doubleAt(wanted.index()) : Double.NaN;
    for (int i = 0; i < width; i++) {
      if (!(own >= values.doubleAt(i))) {
        return Optional.of(
            "element "
                + i
                + " is "
                + values.doubleAt(i)
                + ", element "
                + wanted.index()
                + " is "
                + own);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> compare(Formula.Compare c, Sample sample) {
    double left = value(c.left(), sample);
    double right = value(c.right(), sample);
    if (holds(left, c.relation(), right, tolerance(c.left(), sample, left))) {
      return Optional.empty();
    }
    return Optional.of(
        PropertyText.of(c.left()) + " is " + left + ", not " + c.relation() + " " + right);
  }

  private static boolean holds(double left, Relation relation, double right, double tolerance) {
    return switch (relation) {
      case LE -> left <= right;
      case LT -> left < right;
      case GE -> left >= right;
      case GT -> left > right;
      case EQ -> left == right;
      case NEAR -> Math.abs(left - right) <= tolerance || left == right;
    };
  }

  /**
   * The float32 rounding bound of a sum of n outputs, {@code (2n + 3)u·Σ|x|}; 1e-6 relative for
   * anything else.
   */
  static double tolerance(Term term, Sample sample, double value) {
    if (term instanceof Term.Reduce reduce && reduce.reduction() == Term.Reduction.SUM) {
      double magnitude = Elements.reduce(Term.Reduction.NORM1, sample.subject(reduce.of()));
      return (2.0 * sample.subject(reduce.of()).size() + 3) * UNIT * magnitude;
    }
    return 1e-6 * Math.abs(value);
  }

  /** A term's number. */
  public static double value(Term term, Sample sample) {
    if (term instanceof Term.Constant constant) {
      return constant.value();
    }
    if (term instanceof Term.Element element) {
      return Elements.at(sample.subject(element.of()), element.index());
    }
    if (term instanceof Term.Reduce reduce) {
      return Elements.reduce(reduce.reduction(), sample.subject(reduce.of()));
    }
    Term.Binary binary = (Term.Binary) term;
    double left = value(binary.left(), sample);
    double right = value(binary.right(), sample);
    return switch (binary.operation()) {
      case PLUS -> left + right;
      case MINUS -> left - right;
      case TIMES -> left * right;
    };
  }
}
