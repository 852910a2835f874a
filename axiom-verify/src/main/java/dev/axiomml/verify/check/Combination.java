package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.Term;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A constant plus weighted elements of values.
 *
 * @param weights for each value in it one weight an element; never changed
 * @param constant the rest
 */
record Combination(Map<Value, Dyadic[]> weights, Dyadic constant) {
  static Combination of(Dyadic constant) {
    return new Combination(Map.of(), constant);
  }

  static Combination of(Value value, int element) {
    Dyadic[] row = zeros(value);
    row[element] = Dyadic.ONE;
    return new Combination(Map.of(value, row), Dyadic.ZERO);
  }

  static Combination sum(Value value) {
    Dyadic[] row = zeros(value);
    Arrays.fill(row, Dyadic.ONE);
    return new Combination(Map.of(value, row), Dyadic.ZERO);
  }

  private static Dyadic[] zeros(Value value) {
    Dyadic[] row = new Dyadic[value.type().shape().count()];
    Arrays.fill(row, Dyadic.ZERO);
    return row;
  }

  Combination plus(Combination other) {
    Map<Value, Dyadic[]> sum = new LinkedHashMap<>(weights);
    other.weights.forEach((value, row) -> sum.merge(value, row, Combination::sum));
    return new Combination(sum, constant.plus(other.constant));
  }

  private static Dyadic[] sum(Dyadic[] a, Dyadic[] b) {
    Dyadic[] sum = new Dyadic[a.length];
    Arrays.setAll(sum, i -> a[i].plus(b[i]));
    return sum;
  }

  Combination times(Dyadic factor) {
    Map<Value, Dyadic[]> scaled = new LinkedHashMap<>();
    weights.forEach(
        (value, row) ->
            scaled.put(value, Arrays.stream(row).map(factor::times).toArray(Dyadic[]::new)));
    return new Combination(scaled, constant.times(factor));
  }

  Combination minus(Combination other) {
    return plus(other.times(Dyadic.ONE.negate()));
  }

  /** A term as a combination, where it is one. */
  static Optional<Combination> of(Term term, Subjects subjects) {
    if (term instanceof Term.Constant constant) {
      boolean finite = Math.abs(constant.value()) <= Double.MAX_VALUE;
      return finite ? Optional.of(of(Dyadic.of(constant.value()))) : Optional.empty();
    }
    if (term instanceof Term.Element element) {
      Value value = subjects.value(element.of());
      return subjects.position(value, element.index()).map(at -> of(value, at));
    }
    if (term instanceof Term.Reduce reduce) {
      boolean sums = reduce.reduction() == Term.Reduction.SUM;
      return sums ? Optional.of(sum(subjects.value(reduce.of()))) : Optional.empty();
    }
    Term.Binary binary = (Term.Binary) term;
    Optional<Combination> right = of(binary.right(), subjects);
    return of(binary.left(), subjects)
        .flatMap(left -> right.flatMap(r -> joined(binary.operation(), left, r)));
  }

  private static Optional<Combination> joined(
      Term.Arithmetic operation, Combination left, Combination right) {
    return switch (operation) {
      case PLUS -> Optional.of(left.plus(right));
      case MINUS -> Optional.of(left.minus(right));
      case TIMES ->
          left.weights.isEmpty()
              ? Optional.of(right.times(left.constant))
              : right.weights.isEmpty()
                  ? Optional.of(left.times(right.constant))
                  : Optional.empty();
    };
  }
}
