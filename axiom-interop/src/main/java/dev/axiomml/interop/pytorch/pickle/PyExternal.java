package dev.axiomml.interop.pytorch.pickle;

/** A value that an {@link PickleEnvironment} makes: a storage, a tensor, an array. */
public non-sealed interface PyExternal extends PyValue {
  /**
   * Takes the state that a BUILD opcode gives.
   *
   * @throws dev.axiomml.core.error.ModelImportException when this kind of value takes none
   */
  default void build(PyValue state, PickleLocation site) {
    throw site.fault(
        "state set on " + this,
        "BUILD sets state on plain objects, and on dictionaries only _metadata",
        "save a plain state_dict: torch.save(model.state_dict(), path)");
  }
}
