package dev.axiomml.verify.smt;

import java.math.BigDecimal;
import java.util.List;

/** A real number, as data. */
public sealed interface SmtReal {
  /** Zero. */
  static SmtReal zero() {
    return new Exactly(BigDecimal.ZERO);
  }

  /** A number that is written down, exactly. */
  record Exactly(BigDecimal value) implements SmtReal {}

  /** A number that is looked for. */
  record Unknown(String name) implements SmtReal {}

  /** The sum of some; zero for none. */
  record Sum(List<SmtReal> terms) implements SmtReal {
    /** Copies the list. */
    public Sum {
      terms = List.copyOf(terms);
    }
  }

  /** A multiple. */
  record Scaled(BigDecimal factor, SmtReal of) implements SmtReal {}

  /** A product of two unknown numbers; what has one is no longer linear. */
  record Product(SmtReal left, SmtReal right) implements SmtReal {}

  /** A finite double, exactly. */
  static SmtReal of(double value) {
    return new Exactly(new BigDecimal(value));
  }

  /** This plus another. */
  default SmtReal plus(SmtReal other) {
    return new Sum(List.of(this, other));
  }

  /** This less another. */
  default SmtReal minus(SmtReal other) {
    return plus(other.times(BigDecimal.ONE.negate()));
  }

  /** A multiple of this. */
  default SmtReal times(BigDecimal factor) {
    return new Scaled(factor, this);
  }
}
