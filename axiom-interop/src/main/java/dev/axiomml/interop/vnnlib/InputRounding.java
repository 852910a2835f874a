package dev.axiomml.interop.vnnlib;

import static dev.axiomml.interop.vnnlib.VnnCondition.Relation.GT;
import static dev.axiomml.interop.vnnlib.VnnCondition.Relation.LT;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** The float32 numbers that a decimal limit of an input leaves. */
public enum InputRounding {
  /** Those on the right side of the decimal, which is exact: none where two limits meet between. */
  EXACT,
  /** The limit is the float32 nearest to the decimal, which may lie on its wrong side. */
  NEAREST;

  /** Where a comparison says nothing of the smallest value. */
  static final float NO_LOW = Float.NEGATIVE_INFINITY;

  /** Where a comparison says nothing of the largest value. */
  static final float NO_HIGH = Float.POSITIVE_INFINITY;

  private static final MathContext ROUGH = MathContext.DECIMAL128;

  /** The smallest value that a comparison of one input leaves, which is not one of {@code NE}. */
  float low(VnnCondition.Comparison limit) {
    VnnCondition.Relation relation = limit.relationOfOne();
    return switch (relation) {
      case GE, GT, EQ -> low(limit.bound(), limit.sum().factors()[0], relation == GT);
      default -> NO_LOW;
    };
  }

  /** The largest value that a comparison of one input leaves, which is not one of {@code NE}. */
  float high(VnnCondition.Comparison limit) {
    VnnCondition.Relation relation = limit.relationOfOne();
    return switch (relation) {
      case LE, LT, EQ -> high(limit.bound(), limit.sum().factors()[0], relation == LT);
      default -> NO_HIGH;
    };
  }

  /** The smallest float32 that is at least, or above, {@code number / factor}. */
  float low(BigDecimal number, BigDecimal factor, boolean strict) {
    float near = Math.max(nearest(number, factor), -Float.MAX_VALUE);
    if (this == EXACT) {
      while (near < Float.POSITIVE_INFINITY && compare(near, number, factor) < 0) {
        near = Math.nextUp(near);
      }
    }
    boolean excluded = strict && (this == NEAREST || compare(near, number, factor) == 0);
    return plain(excluded ? Math.nextUp(near) : near);
  }

  /** The largest float32 that is at most, or below, {@code number / factor}. */
  float high(BigDecimal number, BigDecimal factor, boolean strict) {
    return plain(-low(number.negate(), factor, strict));
  }

  /** Without the sign of zero, of which there is one among the numbers. */
  private static float plain(float number) {
    return number == 0 ? 0 : number;
  }

  private static float nearest(BigDecimal number, BigDecimal factor) {
    BigDecimal quotient =
        factor.compareTo(BigDecimal.ONE) == 0 ? number : number.divide(factor, ROUGH);
    return Float.parseFloat(quotient.toString());
  }

  /** Compares a float32 with {@code number / factor}, exactly. */
  private static int compare(float candidate, BigDecimal number, BigDecimal factor) {
    if (Float.isInfinite(candidate)) {
      return candidate > 0 ? 1 : -1;
    }
    int sign = new BigDecimal(candidate).multiply(factor).compareTo(number);
    return factor.signum() > 0 ? sign : -sign;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
