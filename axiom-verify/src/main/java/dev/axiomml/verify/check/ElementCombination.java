package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.statement.ExactExpression;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A constant plus weighted elements of values.
 *
 * @param weights for each value in it the elements that are weighted, and by what; never changed
 * @param constant the rest
 */
record ElementCombination(Map<Value, Map<Integer, Dyadic>> weights, Dyadic constant) {
  static ElementCombination of(Value value, int element) {
    return new ElementCombination(Map.of(value, Map.of(element, Dyadic.ONE)), Dyadic.ZERO);
  }

  static ElementCombination sum(Value value) {
    Map<Integer, Dyadic> row = new TreeMap<>();
    for (int i = 0; i < value.type().shape().count(); i++) {
      row.put(i, Dyadic.ONE);
    }
    return new ElementCombination(Map.of(value, row), Dyadic.ZERO);
  }

  ElementCombination plus(ElementCombination other) {
    Map<Value, Map<Integer, Dyadic>> sum = new LinkedHashMap<>(weights);
    other.weights.forEach((value, row) -> sum.merge(value, row, ElementCombination::sum));
    return new ElementCombination(sum, constant.plus(other.constant));
  }

  private static Map<Integer, Dyadic> sum(Map<Integer, Dyadic> a, Map<Integer, Dyadic> b) {
    Map<Integer, Dyadic> sum = new TreeMap<>(a);
    b.forEach((element, weight) -> sum.merge(element, weight, Dyadic::plus));
    return sum;
  }

  ElementCombination times(Dyadic factor) {
    Map<Value, Map<Integer, Dyadic>> scaled = new LinkedHashMap<>();
    weights.forEach(
        (value, row) -> {
          Map<Integer, Dyadic> more = new TreeMap<>();
          row.forEach((element, weight) -> more.put(element, factor.times(weight)));
          scaled.put(value, more);
        });
    return new ElementCombination(scaled, constant.times(factor));
  }

  ElementCombination minus(ElementCombination other) {
    return plus(other.times(Dyadic.ONE.negate()));
  }

  /** A linear expression in whole factors. */
  static ElementCombination of(ExactExpression linear, CheckedSubjects subjects) {
    Map<Value, Map<Integer, Dyadic>> weights = new LinkedHashMap<>();
    linear
        .elements()
        .forEach(
            (element, factor) ->
                weights
                    .computeIfAbsent(subjects.value(element.of()), value -> new TreeMap<>())
                    .merge(element.position(), whole(factor), Dyadic::plus));
    return new ElementCombination(weights, whole(linear.constant()));
  }

  /** One weight for each element of a value, those that are not weighted included. */
  static Dyadic[] row(Value value, Map<Integer, Dyadic> weights) {
    Dyadic[] row = new Dyadic[value.type().shape().count()];
    Arrays.fill(row, Dyadic.ZERO);
    weights.forEach((element, weight) -> row[element] = weight);
    return row;
  }

  /**
   * @throws ArithmeticException when the number is not whole
   */
  static Dyadic whole(BigDecimal factor) {
    return new Dyadic(factor.toBigIntegerExact(), 0);
  }
}
