package dev.axiomml.verify.goal;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.statement.ExactExpression;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A weighted sum of elements of a graph's values, plus a number, for a search: weights are rounded,
 * so what it shows is checked again.
 *
 * @param coefficients one weight an element; never changed after they were made
 * @param constant the number
 */
public record LinearGoal(Map<Value, double[]> coefficients, double constant) {
  /** One element of a value. */
  private record Place(Value value, int position) {}

  /** A linear expression, made so large that its largest weight is one. */
  static LinearGoal of(ExactExpression expression, GoalSubjects subjects) {
    Map<Place, BigDecimal> exact = new LinkedHashMap<>();
    expression
        .elements()
        .forEach(
            (element, weight) ->
                exact.merge(
                    new Place(subjects.value(element.of()), element.position()),
                    weight,
                    BigDecimal::add));
    exact.values().removeIf(weight -> weight.signum() == 0);
    BigDecimal unit =
        exact.values().stream()
            .map(BigDecimal::abs)
            .max(BigDecimal::compareTo)
            .orElse(expression.constant().abs().max(BigDecimal.ONE));
    Map<Value, double[]> all = new HashMap<>();
    exact.forEach(
        (place, weight) ->
            all.computeIfAbsent(place.value, v -> new double[v.type().shape().count()])[
                    place.position] =
                over(weight, unit));
    return new LinearGoal(all, over(expression.constant(), unit));
  }

  private static double over(BigDecimal number, BigDecimal unit) {
    return number.divide(unit, MathContext.DECIMAL64).doubleValue();
  }

  LinearGoal plus(double more) {
    return new LinearGoal(coefficients, constant + more);
  }
}
