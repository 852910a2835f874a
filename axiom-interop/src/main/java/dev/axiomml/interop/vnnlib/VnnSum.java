package dev.axiomml.interop.vnnlib;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * A sum of elements of tensors, each times an exact decimal, and a constant.
 *
 * @param elements their numbers in the query, ascending
 * @param factors of each, none of them zero
 * @param constant the rest
 */
record VnnSum(int[] elements, BigDecimal[] factors, BigDecimal constant) {
  private static final int[] NONE = {};
  private static final int DIGITS = 2_000;

  static VnnSum of(BigDecimal constant) {
    return new VnnSum(NONE, new BigDecimal[0], constant);
  }

  static VnnSum of(int element) {
    return new VnnSum(new int[] {element}, new BigDecimal[] {BigDecimal.ONE}, BigDecimal.ZERO);
  }

  /** The sum of all. */
  static VnnSum of(List<VnnSum> parts) {
    Map<Integer, BigDecimal> factors = new TreeMap<>();
    BigDecimal constant = BigDecimal.ZERO;
    for (VnnSum part : parts) {
      constant = constant.add(part.constant);
      for (int i = 0; i < part.elements.length; i++) {
        factors.merge(part.elements[i], part.factors[i], BigDecimal::add);
      }
    }
    factors.values().removeIf(factor -> factor.signum() == 0);
    return new VnnSum(
        factors.keySet().stream().mapToInt(Integer::intValue).toArray(),
        factors.values().toArray(BigDecimal[]::new),
        constant);
  }

  boolean isConstant() {
    return elements.length == 0;
  }

  /** Whether it is one element as it is, without factor and constant. */
  boolean isElement() {
    return elements.length == 1
        && constant.signum() == 0
        && factors[0].compareTo(BigDecimal.ONE) == 0;
  }

  VnnSum times(BigDecimal factor) {
    if (factor.signum() == 0) {
      return of(BigDecimal.ZERO);
    }
    BigDecimal[] products =
        Arrays.stream(factors).map(own -> own.multiply(factor)).toArray(BigDecimal[]::new);
    return new VnnSum(elements, products, constant.multiply(factor));
  }

  VnnSum minus(VnnSum other) {
    return of(List.of(this, other.times(BigDecimal.ONE.negate())));
  }

  /** Whether every number in it has at most so many digits on either side of the point. */
  boolean isShort() {
    return isShort(constant) && Arrays.stream(factors).allMatch(VnnSum::isShort);
  }

  static boolean isShort(BigDecimal number) {
    return number.signum() == 0
        || (number.scale() <= DIGITS && number.precision() - (long) number.scale() <= DIGITS);
  }

  /** Its exact value. */
  BigDecimal value(IntFunction<BigDecimal> values) {
    BigDecimal sum = constant;
    for (int i = 0; i < elements.length; i++) {
      sum = sum.add(factors[i].multiply(values.apply(elements[i])));
    }
    return sum;
  }
}
