package dev.axiomml.verify.goal;

import dev.axiomml.core.ir.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * A weighted sum of elements of a graph's values, plus a number.
 *
 * @param coefficients one weight an element; never changed after they were made
 * @param constant the number
 */
public record Linear(Map<Value, double[]> coefficients, double constant) {
  /** A number alone. */
  static Linear constant(double value) {
    return new Linear(Map.of(), value);
  }

  /** One element. */
  static Linear element(Value value, int index) {
    double[] a = new double[value.type().shape().count()];
    a[index] = 1;
    return new Linear(Map.of(value, a), 0);
  }

  /** The sum of all elements. */
  static Linear sum(Value value) {
    double[] a = new double[value.type().shape().count()];
    java.util.Arrays.fill(a, 1);
    return new Linear(Map.of(value, a), 0);
  }

  Linear plus(Linear other) {
    Map<Value, double[]> sum = new HashMap<>(coefficients);
    other.coefficients.forEach((value, a) -> sum.merge(value, a, Linear::plus));
    return new Linear(sum, constant + other.constant);
  }

  private static double[] plus(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  Linear times(double factor) {
    Map<Value, double[]> scaled = new HashMap<>();
    coefficients.forEach(
        (value, a) -> scaled.put(value, java.util.Arrays.stream(a).map(w -> w * factor).toArray()));
    return new Linear(scaled, constant * factor);
  }

  /** Whether it is a number alone. */
  boolean isConstant() {
    return coefficients.isEmpty();
  }
}
