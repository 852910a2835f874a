package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An operator that a gradient goes back through, and where the operators that do it are put.
 *
 * <p>A rule is written once for all values: a graph gets operators, a run in double precision
 * numbers. Arithmetic broadcasts from the right.
 *
 * @param <V> a value there
 */
public interface GradientStep<V> {
  /** The operands. */
  List<V> in();

  /** The results. */
  List<V> out();

  /** The gradient by the first result. */
  V g();

  /** What is known of a value. */
  Type type(V value);

  /** A tensor as a value. */
  V constant(Tensor tensor);

  /** The only result of an operator. */
  V one(Op op, List<V> in);

  /** The sum. */
  V plus(V a, V b);

  /** The sum with a number. */
  V plus(V a, double number);

  /** The difference. */
  V minus(V a, V b);

  /** The product. */
  V times(V a, V b);

  /** The product with a number. */
  V times(V a, double number);

  /** The quotient. */
  V over(V a, V b);

  /** A gradient by an operand that was broadcast, from that by what it was broadcast to. */
  V undone(V g, int operand);

  /** What comes back through the parts of the operator. */
  List<Optional<V>> through(OpLowering parts);

  /** The only result of an operator of one operand. */
  default V one(Op op, V x) {
    return one(op, List.of(x));
  }

  /** An operand. */
  default V x(int operand) {
    return in().get(operand);
  }

  /** The first result. */
  default V y() {
    return out().get(0);
  }

  /** One over a number from 0 on, and 0 over 0. */
  default V share(V number, Op sign) {
    V positive = one(sign, number);
    return over(positive, plus(minus(number, positive), 1));
  }

  /** Gradients of the first operands, in order; the others have none. */
  default List<Optional<V>> first(List<V> gradients) {
    return Stream.concat(
            gradients.stream().map(Optional::of),
            Collections.nCopies(in().size() - gradients.size(), Optional.<V>empty()).stream())
        .toList();
  }

  /** A gradient of the first operand only. */
  default List<Optional<V>> first(V gradient) {
    return first(List.of(gradient));
  }

  /** No operand has a gradient. */
  default List<Optional<V>> none() {
    return first(List.of());
  }
}
