package dev.axiomml.core.property.statement;

import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Term;
import java.math.BigDecimal;

/**
 * How near {@code A ≈ B} is: {@code |A − B| ≤ (2n + 3)·2⁻²⁴·Σ|xᵢ|} where A is the sum of n numbers,
 * the bound of a float32 sum of numbers that were divided by their sum; {@code 10⁻⁶·|A|} for any
 * other A.
 */
public final class NearTolerance {
  private static final BigDecimal UNIT = BigDecimal.ONE.divide(BigDecimal.valueOf(1 << 24));

  private NearTolerance() {}

  /** {@code (2n + 3)·2⁻²⁴}, exactly. */
  public static BigDecimal ofSum(int n) {
    return UNIT.multiply(BigDecimal.valueOf(2L * n + 3));
  }

  /** The allowance of a term in words, as reports print it. */
  public static String text(Term left) {
    boolean sums = left instanceof Term.Reduce r && r.reduction() == Term.Reduction.SUM;
    return sums
        ? "(2n + 3)·2⁻²⁴·norm1(" + ((Term.Reduce) left).of() + ")"
        : "1e-6·|" + PropertyText.of(left) + "|";
  }
}
