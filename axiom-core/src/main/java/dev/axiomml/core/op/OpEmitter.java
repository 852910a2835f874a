package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Where operators are put one after another.
 *
 * @param <V> a value there
 */
public interface OpEmitter<V> {
  /** The outputs of an operator on values. */
  List<V> emit(Op op, List<V> in);

  /** A tensor as a value. */
  V constant(Tensor tensor);

  /** A weight as a value. */
  V parameter(Parameter weight);

  /** The only output of an operator on a value and weights. */
  default V weighted(Op op, V value, List<Parameter> weights) {
    List<V> in = new ArrayList<>(List.of(value));
    weights.forEach(weight -> in.add(parameter(weight)));
    return one(op, in);
  }

  /** What is known of a value. */
  Type type(V value);

  /** The only output of an operator on values. */
  default V one(Op op, List<V> in) {
    return emit(op, in).get(0);
  }
}
