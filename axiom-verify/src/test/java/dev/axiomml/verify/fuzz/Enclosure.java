package dev.axiomml.verify.fuzz;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** An exact number, or for what is irrational two numbers that enclose it. */
record Enclosure(BigDecimal lo, BigDecimal hi) {
  /** Some 200 bits: fewer than the library promises, so that what is decided here is there too. */
  private static final MathContext DIGITS = new MathContext(60, RoundingMode.DOWN);

  static final Enclosure ZERO = of(BigDecimal.ZERO);

  static Enclosure of(BigDecimal exact) {
    return new Enclosure(exact, exact);
  }

  static Enclosure of(double exact) {
    return of(new BigDecimal(exact));
  }

  Enclosure plus(Enclosure o) {
    return new Enclosure(lo.add(o.lo), hi.add(o.hi));
  }

  Enclosure negated() {
    return new Enclosure(hi.negate(), lo.negate());
  }

  Enclosure minus(Enclosure o) {
    return plus(o.negated());
  }

  Enclosure times(Enclosure o) {
    BigDecimal a = lo.multiply(o.lo);
    BigDecimal b = lo.multiply(o.hi);
    BigDecimal c = hi.multiply(o.lo);
    BigDecimal d = hi.multiply(o.hi);
    return new Enclosure(a.min(b).min(c).min(d), a.max(b).max(c).max(d));
  }

  Enclosure abs() {
    if (lo.signum() >= 0) {
      return this;
    }
    return hi.signum() <= 0 ? negated() : new Enclosure(BigDecimal.ZERO, hi.max(lo.negate()));
  }

  Enclosure max(Enclosure o) {
    return new Enclosure(lo.max(o.lo), hi.max(o.hi));
  }

  Enclosure min(Enclosure o) {
    return new Enclosure(lo.min(o.lo), hi.min(o.hi));
  }

  /** The root of an exact number that is not negative. */
  static Enclosure root(BigDecimal square) {
    if (square.signum() == 0) {
      return ZERO;
    }
    BigDecimal near = square.sqrt(DIGITS);
    BigDecimal step = near.ulp().multiply(BigDecimal.valueOf(4));
    return new Enclosure(near.subtract(step), near.add(step));
  }

  /** −1 where it is certainly negative, 1 positive, 0 zero; 2 where it is not known. */
  int sign() {
    if (lo.signum() == hi.signum()) {
      return lo.signum();
    }
    return 2;
  }
}
