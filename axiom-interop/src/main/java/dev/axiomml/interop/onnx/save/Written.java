package dev.axiomml.interop.onnx.save;

import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.Orders;
import java.util.List;
import java.util.Optional;

/**
 * A value of the graph in the file: where it is, and in which order its axes lie there.
 *
 * @param id what the sheet calls it
 * @param order stored axis {@code i} is the value's axis {@code order.get(i)}
 * @param type the value's type, its axes in their own order
 * @param constant the elements, where it is a constant that no node has asked for yet
 */
record Written(String id, List<Integer> order, Type type, Optional<Tensor> constant) {
  Written {
    order = List.copyOf(order);
  }

  /** A value with its axes in their own order. */
  static Written plain(String id, Type type) {
    return new Written(id, Orders.rising(rank(type)), type, Optional.empty());
  }

  private static int rank(Type type) {
    return type.isTensor() ? type.shape().rank() : 0;
  }

  boolean isPlain() {
    return order.equals(Orders.rising(order.size()));
  }

  /** The same elements, stored with their axes in this order elsewhere. */
  Written moved(String other, List<Integer> axes) {
    return new Written(other, axes, type, Optional.empty());
  }

  /** The same constant, its elements lying in another order. */
  Written turned(Tensor elements, List<Integer> axes) {
    return new Written(id, axes, type, Optional.of(elements));
  }

  int[] axes() {
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The type of what is stored. */
  Type stored() {
    return isPlain() ? type : Type.of(type.shape().permuted(axes()), type.dtype());
  }
}
