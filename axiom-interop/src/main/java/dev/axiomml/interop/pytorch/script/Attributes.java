package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.pytorch.aten.Item;
import dev.axiomml.interop.pytorch.file.TensorView;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyObject;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.IdentityHashMap;
import java.util.Map;

/** Pickled values as items; a tensor that several modules hold has the first one's name. */
final class Attributes {
  private final Map<TensorView, Parameter> tensors = new IdentityHashMap<>();

  /** An attribute of a module. */
  Thing of(PyValue value, Thing.Member owner, String name) {
    if (value instanceof PyObject object) {
      return new Thing.Member(object, owner.below(name));
    }
    return new Thing.Held(item(value, owner.below(name)));
  }

  Item item(PyValue value, String name) {
    if (value instanceof TensorView view) {
      return new Item.Weight(tensors.computeIfAbsent(view, v -> new Parameter(name, v.tensor())));
    }
    if (value instanceof PyItems items) {
      return new Item.Many(items.items().stream().map(one -> item(one, name)).toList());
    }
    if (value instanceof PyValue.Int whole) {
      return Item.of(whole.value());
    }
    if (value instanceof PyValue.Real real) {
      return new Item.Number(real.value());
    }
    if (value instanceof PyValue.Bool flag) {
      return new Item.Flag(flag.value());
    }
    return value instanceof PyValue.Text text ? new Item.Text(text.value()) : Item.NOTHING;
  }

  /** A constant; single numbers are numbers. */
  static Item constant(Item item) {
    if (!(item instanceof Item.Weight weight) || weight.parameter().tensor().shape().rank() > 0) {
      return item;
    }
    Tensor number = weight.parameter().tensor();
    if (number.dtype().isFloat()) {
      return new Item.Number(number.doubleAt(0));
    }
    return number.dtype().isInteger() ? Item.of(number.longAt(0)) : item;
  }
}
