package dev.axiomml.verify.smt;

import java.math.BigDecimal;
import java.util.List;

/** A real number, as data. */
public sealed interface Real {
  /** Zero. */
  static Real zero() {
    return new Exactly(BigDecimal.ZERO);
  }

  /** A number that is written down, exactly. */
  record Exactly(BigDecimal value) implements Real {}

  /** A number that is looked for. */
  record Unknown(String name) implements Real {}

  /** The sum of some; zero for none. */
  record Sum(List<Real> terms) implements Real {
    /** Copies the list. */
    public Sum {
      terms = List.copyOf(terms);
    }
  }

  /** A multiple. */
  record Scaled(BigDecimal factor, Real of) implements Real {}

  /** A product of two unknown numbers; what has one is no longer linear. */
  record Product(Real left, Real right) implements Real {}

  /** A finite double, exactly. */
  static Real of(double value) {
    return new Exactly(new BigDecimal(value));
  }

  /** This plus another. */
  default Real plus(Real other) {
    return new Sum(List.of(this, other));
  }

  /** This less another. */
  default Real minus(Real other) {
    return plus(other.times(BigDecimal.ONE.negate()));
  }

  /** A multiple of this. */
  default Real times(BigDecimal factor) {
    return new Scaled(factor, this);
  }
}
