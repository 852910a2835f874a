package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.pytorch.aten.Item;
import dev.axiomml.interop.pytorch.layer.Pickled;
import dev.axiomml.interop.pytorch.pickle.PyObject;
import dev.axiomml.interop.pytorch.pickle.PyValue;

/** Pickled values as items; a tensor that several modules hold has the first one's name. */
final class Attributes {
  private final Pickled pickled = new Pickled();

  /** An attribute of a module. */
  Thing of(PyValue value, Thing.Member owner, String name) {
    if (value instanceof PyObject object) {
      return new Thing.Member(object, owner.below(name));
    }
    return new Thing.Held(item(value, owner.below(name)));
  }

  Item item(PyValue value, String name) {
    return pickled.item(value, name);
  }

  /** A constant; single numbers are numbers. */
  static Item constant(Item item) {
    if (!(item instanceof Item.Weight weight) || weight.parameter().tensor().shape().rank() > 0) {
      return item;
    }
    Tensor number = weight.parameter().tensor();
    if (number.dtype().isFloat()) {
      return new Item.Real(number.doubleAt(0));
    }
    return number.dtype().isInteger() ? Item.of(number.longAt(0)) : item;
  }
}
