package dev.axiomml.core.ir;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/**
 * A way to read a graph forward: concrete tensors, intervals, solver terms, kernel plans, pictures.
 *
 * @param <V> what a value means in this reading
 */
public interface GraphReading<V> {
  /** What a constant means. */
  V constant(Value at, Tensor tensor);

  /** What a weight means: what its tensor as a constant does, unless a reading says otherwise. */
  default V parameter(Value at, Parameter weight) {
    return constant(at, weight.tensor());
  }

  /** What a node makes of its operands, one for each of its results. */
  List<V> node(Node at, List<V> in);
}
