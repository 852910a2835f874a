package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.ExactExpression;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A constant plus weighted elements of values.
 *
 * @param weights for each value in it one weight an element; never changed
 * @param constant the rest
 */
record ElementCombination(Map<Value, Dyadic[]> weights, Dyadic constant) {
  static ElementCombination of(Value value, int element) {
    Dyadic[] row = zeros(value);
    row[element] = Dyadic.ONE;
    return new ElementCombination(Map.of(value, row), Dyadic.ZERO);
  }

  static ElementCombination sum(Value value) {
    Dyadic[] row = zeros(value);
    Arrays.fill(row, Dyadic.ONE);
    return new ElementCombination(Map.of(value, row), Dyadic.ZERO);
  }

  private static Dyadic[] zeros(Value value) {
    Dyadic[] row = new Dyadic[value.type().shape().count()];
    Arrays.fill(row, Dyadic.ZERO);
    return row;
  }

  ElementCombination plus(ElementCombination other) {
    Map<Value, Dyadic[]> sum = new LinkedHashMap<>(weights);
    other.weights.forEach((value, row) -> sum.merge(value, row, ElementCombination::sum));
    return new ElementCombination(sum, constant.plus(other.constant));
  }

  private static Dyadic[] sum(Dyadic[] a, Dyadic[] b) {
    Dyadic[] sum = new Dyadic[a.length];
    Arrays.setAll(sum, i -> a[i].plus(b[i]));
    return sum;
  }

  ElementCombination times(Dyadic factor) {
    Map<Value, Dyadic[]> scaled = new LinkedHashMap<>();
    weights.forEach(
        (value, row) ->
            scaled.put(value, Arrays.stream(row).map(factor::times).toArray(Dyadic[]::new)));
    return new ElementCombination(scaled, constant.times(factor));
  }

  ElementCombination minus(ElementCombination other) {
    return plus(other.times(Dyadic.ONE.negate()));
  }

  /** A linear expression in whole factors. */
  static ElementCombination of(ExactExpression linear, CheckedSubjects subjects) {
    Map<Value, Dyadic[]> weights = new LinkedHashMap<>();
    linear
        .elements()
        .forEach(
            (element, factor) -> {
              Value value = subjects.value(element.of());
              Dyadic[] row = weights.computeIfAbsent(value, ElementCombination::zeros);
              row[element.position()] = row[element.position()].plus(whole(factor));
            });
    return new ElementCombination(weights, whole(linear.constant()));
  }

  /**
   * @throws ArithmeticException when the number is not whole
   */
  static Dyadic whole(BigDecimal factor) {
    return new Dyadic(factor.toBigIntegerExact(), 0);
  }
}
