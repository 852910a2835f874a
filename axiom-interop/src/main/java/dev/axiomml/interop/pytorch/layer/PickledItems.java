package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.file.TensorView;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.IdentityHashMap;
import java.util.Map;

/** Pickled values as items; a tensor that several modules hold has the first one's name. */
public final class PickledItems {
  private final Map<TensorView, Parameter> tensors = new IdentityHashMap<>();

  /** A value; what is no number, text, tensor or list of them is nothing. */
  public AtenItem item(PyValue value, String name) {
    if (value instanceof TensorView view) {
      return new AtenItem.Weight(
          tensors.computeIfAbsent(view, v -> Parameter.stored(name, v.tensor())));
    }
    if (value instanceof PyItems items) {
      return new AtenItem.Many(items.items().stream().map(one -> item(one, name)).toList());
    }
    if (value instanceof PyValue.Int whole) {
      return AtenItem.of(whole.value());
    }
    if (value instanceof PyValue.Real real) {
      return new AtenItem.Real(real.value());
    }
    if (value instanceof PyValue.Bool flag) {
      return new AtenItem.Flag(flag.value());
    }
    return value instanceof PyValue.Text text ? new AtenItem.Text(text.value()) : AtenItem.NOTHING;
  }
}
