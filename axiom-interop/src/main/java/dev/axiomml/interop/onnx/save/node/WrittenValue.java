package dev.axiomml.interop.onnx.save.node;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.layout.AxisOrders;
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
public record WrittenValue(String id, List<Integer> order, Type type, Optional<Tensor> constant) {
  public WrittenValue {
    order = List.copyOf(order);
  }

  /** A value with its axes in their own order. */
  public static WrittenValue plain(String id, Type type) {
    return new WrittenValue(id, AxisOrders.rising(rank(type)), type, Optional.empty());
  }

  /** A weight, or a constant of a name, that is not stored yet. */
  public static WrittenValue weight(Parameter weight) {
    Tensor tensor = weight.tensor();
    return new WrittenValue(
        weight.name(),
        AxisOrders.rising(tensor.shape().rank()),
        tensor.type(),
        Optional.of(tensor));
  }

  private static int rank(Type type) {
    return type.isTensor() ? type.shape().rank() : 0;
  }

  public boolean isPlain() {
    return order.equals(AxisOrders.rising(order.size()));
  }

  /** The same elements, stored with their axes in this order elsewhere. */
  public WrittenValue moved(String other, List<Integer> axes) {
    return new WrittenValue(other, axes, type, Optional.empty());
  }

  /** The same constant, its elements lying in another order. */
  WrittenValue turned(Tensor elements, List<Integer> axes) {
    return new WrittenValue(id, axes, type, Optional.of(elements));
  }

  public int[] axes() {
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The type of what is stored. */
  public Type stored() {
    return isPlain() ? type : Type.of(type.shape().permuted(axes()), type.dtype());
  }
}
