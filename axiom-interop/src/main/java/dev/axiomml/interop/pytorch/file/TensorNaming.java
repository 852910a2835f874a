package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.interop.pytorch.pickle.PyDict;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyObject;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import dev.axiomml.interop.weights.LazyTensor;
import dev.axiomml.interop.weights.StateDict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tensors inside of a value, named by where they are.
 *
 * <p>Dictionaries, lists and tuples are entered, modules give what their state_dict would, and
 * other objects stay closed. Parts may be shared, so visits are counted: a few bytes can claim
 * endless names.
 */
public final class TensorNaming {
  private static final int MOST_VISITS = 2_000_000;

  private final FilePlace place;
  private final List<StateDict.Entry> entries = new ArrayList<>();
  private final Map<TensorView, LazyTensor> made = new HashMap<>();
  private final Set<PyValue> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<String> keys = new ArrayList<>();
  private int visits;

  private TensorNaming(FilePlace place) {
    this.place = place;
  }

  /**
   * All tensors of a value by name.
   *
   * @throws dev.axiomml.core.error.ModelImportException when there are too many names
   */
  public static StateDict of(PyValue root, FilePlace place) {
    TensorNaming naming = new TensorNaming(place);
    naming.visit(root);
    return StateDict.of(place, naming.entries);
  }

  /** The tensors a module's state_dict has. */
  public static StateDict of(ModuleTree module, FilePlace place) {
    TensorNaming naming = new TensorNaming(place);
    naming.module(module, "");
    return StateDict.of(place, naming.entries);
  }

  private void visit(PyValue value) {
    count();
    if (value instanceof TensorView view) {
      add(view);
    } else if (value instanceof NumpyArray array) {
      array.view().ifPresent(this::add);
    } else {
      open(value);
      enter(value);
      open.remove(value);
    }
  }

  /** Notes that a value is being entered. @throws ModelImportException when it already is */
  private void open(PyValue value) {
    if (!open.add(value)) {
      throw ModuleTrees.itself(place, String.join(".", keys));
    }
  }

  private void enter(PyValue value) {
    if (value instanceof PyDict dict) {
      dict.entries().forEach(this::under);
    } else if (value instanceof PyItems items && items.kind() != PyItems.Kind.SET) {
      int index = 0;
      for (PyValue item : items.items()) {
        under(new PyValue.Int(index++), item);
      }
    } else if (value instanceof PyObject object) {
      enter(object);
    }
  }

  private void enter(PyObject object) {
    Optional<ModuleTree> module = ModuleTree.of(object, place);
    if (module.isPresent()) {
      module(module.get(), "");
    } else if (object.type().module().startsWith("__torch__")) {
      scripted(object, "");
    } else {
      object.entries().entries().forEach(this::under);
    }
  }

  private void under(PyValue key, PyValue value) {
    if (value instanceof PyValue.Leaf) {
      return;
    }
    keys.add(key.toString());
    visit(value);
    keys.remove(keys.size() - 1);
  }

  private void module(ModuleTree module, String prefix) {
    count();
    module.parameters().forEach((name, view) -> add(prefix + name, view));
    module
        .buffers()
        .forEach(
            (name, view) -> {
              if (module.isPersistent(name)) {
                add(prefix + name, view);
              }
            });
    module.children().forEach((name, child) -> module(child, prefix + name + "."));
  }

  /** A TorchScript object keeps tensors and submodules among its attributes. */
  private void scripted(PyObject object, String prefix) {
    count();
    object
        .attributes()
        .entries()
        .forEach(
            (key, value) -> {
              if (value instanceof TensorView view) {
                add(prefix + key, view);
              } else if (value instanceof PyObject part) {
                open(part);
                scripted(part, prefix + key + ".");
                open.remove(part);
              }
            });
  }

  private void add(String name, TensorView view) {
    keys.add(name);
    add(view);
    keys.remove(keys.size() - 1);
  }

  private void add(TensorView view) {
    count();
    LazyTensor tensor =
        made.computeIfAbsent(view, v -> new LazyTensor(v.type(), v.storage(), v::tensor));
    entries.add(new StateDict.Entry(keys, tensor));
  }

  private void count() {
    visits += 1 + keys.size();
    if (visits > MOST_VISITS) {
      throw place.fault(
          "more than " + MOST_VISITS + " names and parts of names",
          "shared containers repeat their contents: that is the limit",
          "save a plain state_dict");
    }
  }
}
