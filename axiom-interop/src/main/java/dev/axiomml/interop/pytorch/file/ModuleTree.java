package dev.axiomml.interop.pytorch.file;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.interop.pytorch.pickle.PyDict;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.Map;
import java.util.Optional;

/**
 * A pickled {@code torch.nn.Module} as plain values: no code came with it and none runs.
 *
 * <p>Immutable. A module that is used twice appears as the same object twice.
 *
 * @param type its class, e.g. {@code torch.nn.modules.linear.Linear}
 * @param attributes everything else it was saved with, hyper-parameters such as {@code in_features}
 *     among them
 * @param children submodules by name, in order; those set to {@code None} left out
 * @param parameters by name, in order; those set to {@code None} left out
 * @param buffers by name, in order, also those that a state_dict leaves out
 */
public record ModuleTree(
    PyValue.Global type,
    Map<String, PyValue> attributes,
    Map<String, ModuleTree> children,
    Map<String, TensorView> parameters,
    Map<String, TensorView> buffers) {
  /**
   * The tree of a value when it is a module.
   *
   * @throws dev.axiomml.core.error.ModelImportException when a module contains itself
   */
  public static Optional<ModuleTree> of(PyValue value, FilePlace place) {
    return new ModuleTrees(place).tree(value);
  }

  /** An attribute by name. */
  public Optional<PyValue> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** Whether a buffer is part of a state_dict. */
  boolean isPersistent(String buffer) {
    return attribute("_non_persistent_buffers_set")
        .filter(set -> ModuleTrees.contains(set, buffer))
        .isEmpty();
  }

  /** Whether an object was a module: it has the three dictionaries that all modules have. */
  static boolean isModule(PyDict attributes) {
    return attributes.dict("_parameters").isPresent()
        && attributes.dict("_buffers").isPresent()
        && attributes.dict("_modules").isPresent();
  }

  /** Class and number of children. */
  @Override
  public String toString() {
    return type + " with children " + children.keySet();
  }
}
