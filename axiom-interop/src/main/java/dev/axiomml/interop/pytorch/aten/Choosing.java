package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Compare;
import dev.axiomml.core.op.Embedding;
import dev.axiomml.core.op.Gather;
import dev.axiomml.core.op.GatherElements;
import dev.axiomml.core.op.Logic;
import dev.axiomml.core.op.ReduceMax;
import dev.axiomml.core.op.ReduceMin;
import dev.axiomml.core.op.Take;
import dev.axiomml.core.op.Where;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.layout.Orders;
import java.util.List;
import java.util.Optional;

/** Comparisons, logic, and elements chosen by number. */
final class Choosing {
  private Choosing() {}

  static Value compare(Call call, Compare.Kind kind) {
    List<Value> pair = Arithmetic.pair(call);
    return call.emit(new Compare(kind), pair.get(0), pair.get(1));
  }

  static Value logic(Call call, Logic.Kind kind) {
    Value first = truth(call, call.tensor("self"));
    return kind == Logic.Kind.NOT
        ? call.emit(new Logic(kind), first)
        : call.emit(new Logic(kind), first, truth(call, call.tensor("other")));
  }

  private static Value truth(Call call, Value x) {
    return Promotion.cast(call, x, DType.BOOL);
  }

  /** Whether one of some elements is true. */
  static Value any(Call call) {
    Value ones = Promotion.cast(call, truth(call, call.tensor("self")), DType.FLOAT32);
    return truth(call, call.emit(new ReduceMax(axes(call), keep(call)), ones));
  }

  static Value all(Call call) {
    Value ones = Promotion.cast(call, truth(call, call.tensor("self")), DType.FLOAT32);
    return truth(call, call.emit(new ReduceMin(axes(call), keep(call)), ones));
  }

  private static List<Integer> axes(Call call) {
    return call.wholes("dim");
  }

  private static boolean keep(Call call) {
    return call.flag("keepdim");
  }

  /** Where a condition holds one tensor, else the other; broadcast. */
  static Value where(Call call) {
    List<Value> pair = Arithmetic.pair(call);
    Value condition = truth(call, call.tensor("condition"));
    return call.emit(new Where(), condition, pair.get(0), pair.get(1));
  }

  /** Rows of a table; what a padding index would mean for training says nothing here. */
  static Value embedding(Call call) {
    return call.emit(new Embedding(call.parameter("weight")), call.tensor("indices"));
  }

  static Value indexSelect(Call call) {
    Value x = call.tensor("self");
    return taken(call, x, call.axis("dim", x), call.tensor("index"));
  }

  /** {@code x[…, index, …]} with an index along exactly one axis. */
  static Value index(Call call) {
    List<Item> indices = call.items("indices");
    List<Integer> used =
        Orders.rising(indices.size()).stream()
            .filter(axis -> !(indices.get(axis) instanceof Item.Nothing))
            .toList();
    if (used.size() != 1) {
      throw call.refused(
          "an index along " + used.size() + " axes",
          "tensors are indexed along one axis at a time",
          "write it with torch.index_select or torch.gather");
    }
    Value by = call.value(indices.get(used.get(0)), "indices");
    return taken(call, call.tensor("self"), used.get(0), by);
  }

  private static Value taken(Call call, Value x, int axis, Value indices) {
    Optional<Tensor> known = call.known(indices);
    return known.isPresent()
        ? call.emit(new Take(axis, known.get()), x)
        : call.emit(new Gather(axis), x, indices);
  }

  static Value gather(Call call) {
    Value x = call.tensor("self");
    return call.emit(new GatherElements(call.axis("dim", x)), x, call.tensor("index"));
  }

  /** Another element type, another device, or both, of which only the type matters. */
  static Value to(Call call) {
    Value x = call.tensor("self");
    return call.dtype("dtype").map(dtype -> Promotion.cast(call, x, dtype)).orElse(x);
  }

  static Value typeAs(Call call) {
    return Promotion.cast(call, call.tensor("self"), call.tensor("other").type().dtype());
  }
}
