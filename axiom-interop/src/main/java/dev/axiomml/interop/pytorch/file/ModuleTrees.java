package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.pytorch.pickle.PyDict;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyObject;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes module trees; each object is visited once, and one inside of itself is refused. */
final class ModuleTrees {
  private final Map<PyObject, Optional<ModuleTree>> seen = new IdentityHashMap<>();

  private final FilePlace place;

  ModuleTrees(FilePlace place) {
    this.place = place;
  }

  /** The error that a value contains itself. */
  static ModelImportException itself(FilePlace place, String path) {
    return place.fault(
        "the checkpoint contains itself" + (path.isEmpty() ? "" : " at " + path),
        "the names of its tensors would have no end",
        "save the weights alone: torch.save(model.state_dict(), path)");
  }

  Optional<ModuleTree> tree(PyValue value) {
    if (!(value instanceof PyObject object) || !ModuleTree.isModule(object.attributes())) {
      return Optional.empty();
    }
    Optional<ModuleTree> known = seen.putIfAbsent(object, Optional.empty());
    if (known != null) {
      if (known.isEmpty()) {
        throw itself(place, object.type().name());
      }
      return known;
    }
    PyDict attributes = object.attributes();
    Map<String, ModuleTree> children = new LinkedHashMap<>();
    attributes
        .dict("_modules")
        .ifPresent(
            dict ->
                dict.entries()
                    .forEach((k, v) -> tree(v).ifPresent(t -> children.put(k.toString(), t))));
    ModuleTree tree =
        new ModuleTree(
            object.type(),
            named(attributes),
            Collections.unmodifiableMap(children),
            tensors(attributes, "_parameters"),
            tensors(attributes, "_buffers"));
    seen.put(object, Optional.of(tree));
    return Optional.of(tree);
  }

  private static Map<String, PyValue> named(PyDict attributes) {
    Map<String, PyValue> named = new LinkedHashMap<>();
    attributes.entries().forEach((key, value) -> named.put(key.toString(), value));
    named.keySet().removeAll(java.util.Set.of("_parameters", "_buffers", "_modules"));
    return Collections.unmodifiableMap(named);
  }

  private static Map<String, TensorView> tensors(PyDict attributes, String key) {
    Map<String, TensorView> tensors = new LinkedHashMap<>();
    attributes
        .dict(key)
        .ifPresent(
            dict ->
                dict.entries()
                    .forEach(
                        (name, value) -> {
                          if (value instanceof TensorView view) {
                            tensors.put(name.toString(), view);
                          }
                        }));
    return Collections.unmodifiableMap(tensors);
  }

  static boolean contains(PyValue set, String name) {
    return set instanceof PyItems items && items.items().contains(new PyValue.Text(name));
  }
}
