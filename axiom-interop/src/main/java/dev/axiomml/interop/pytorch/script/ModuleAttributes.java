package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.file.TensorView;
import dev.axiomml.interop.pytorch.layer.PickledItems;
import dev.axiomml.interop.pytorch.pickle.PyDict;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyObject;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pickled values as things; a tensor that several modules hold has the first one's name. */
final class ModuleAttributes {
  private final PickledItems pickled = new PickledItems();
  private final Map<TensorView, AtenItem> tensors = new HashMap<>();

  /** An attribute of a module. */
  ScriptValue of(PyValue value, ScriptValue.Member owner, String name) {
    if (value instanceof PyObject object) {
      return new ScriptValue.Member(object, owner.below(name));
    }
    if (value instanceof TensorView view) {
      return new ScriptValue.Held(tensor(view, owner.below(name)));
    }
    if (value instanceof PyDict dict) {
      return mapped(dict, owner, name);
    }
    if (!(value instanceof PyItems list)) {
      return new ScriptValue.Held(item(value, owner.below(name)));
    }
    List<ScriptValue> things = new ArrayList<>();
    for (PyValue element : list.items()) {
      things.add(of(element, owner, called(element, owner, name + "." + things.size())));
    }
    return new ScriptValue.Listed(things);
  }

  private ScriptValue mapped(PyDict dict, ScriptValue.Member owner, String name) {
    ScriptValue.Mapped map = new ScriptValue.Mapped();
    dict.entries()
        .forEach((key, value) -> map.entries().put(item(key, name), of(value, owner, name)));
    return map;
  }

  /** The name under which the owner holds an element of one of its lists, else the given one. */
  private static String called(PyValue element, ScriptValue.Member owner, String otherwise) {
    if (!(element instanceof TensorView)) {
      return otherwise;
    }
    return owner.object().attributes().entries().entrySet().stream()
        .filter(entry -> entry.getValue().equals(element))
        .map(entry -> entry.getKey().toString())
        .findFirst()
        .orElse(otherwise);
  }

  private AtenItem tensor(TensorView view, String name) {
    return tensors.computeIfAbsent(view, v -> pickled.item(v, name));
  }

  AtenItem item(PyValue value, String name) {
    return pickled.item(value, name);
  }

  /** A constant; a trace writes Python's numbers as tensors without axes, of double or int64. */
  static AtenItem constant(AtenItem item) {
    if (!(item instanceof AtenItem.Weight weight)
        || weight.parameter().tensor().shape().rank() > 0) {
      return item;
    }
    Tensor number = weight.parameter().tensor();
    if (number.dtype() == DType.FLOAT64 || number.dtype() == DType.FLOAT32) {
      return new AtenItem.Real(number.doubleAt(0));
    }
    return number.dtype() == DType.INT64 ? AtenItem.of(number.longAt(0)) : item;
  }
}
