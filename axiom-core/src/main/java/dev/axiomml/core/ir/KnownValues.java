package dev.axiomml.core.ir;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The values of a graph that are known before it runs.
 *
 * @param constants their tensors, those of weights too
 * @param parameters which of them are weights
 */
record KnownValues(Map<Value, Tensor> constants, Map<Value, Parameter> parameters) {
  /** Copies the maps, in their order. */
  KnownValues {
    constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** The same values with other tensors. */
  KnownValues with(UnaryOperator<Tensor> change) {
    Map<Value, Tensor> tensors = new LinkedHashMap<>(constants);
    Map<Value, Parameter> weights = new LinkedHashMap<>(parameters);
    tensors.replaceAll((value, tensor) -> change.apply(tensor));
    weights.replaceAll((value, weight) -> weight.with(change.apply(weight.tensor())));
    return new KnownValues(tensors, weights);
  }

  /** Those among some values. */
  KnownValues only(Set<Value> some) {
    Map<Value, Tensor> tensors = new LinkedHashMap<>(constants);
    Map<Value, Parameter> weights = new LinkedHashMap<>(parameters);
    tensors.keySet().retainAll(some);
    weights.keySet().retainAll(some);
    return new KnownValues(tensors, weights);
  }
}
