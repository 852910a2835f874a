package dev.axiomml.interop.pytorch.pickle;

import java.util.List;
import java.util.Optional;

/** What a pickle may refer to: a closed table of calls, and what lies outside of it. */
public interface PickleEnvironment {
  /** What a REDUCE of a known callable makes. */
  interface Callee {
    /**
     * The value for given arguments; has no other effect.
     *
     * @throws dev.axiomml.core.error.ModelImportException when they do not fit
     */
    PyValue call(List<PyValue> arguments, PickleLocation site);
  }

  /** The callable of a name; empty when calling it is refused. */
  Optional<Callee> callee(PyValue.Global name);

  /** What a persistent id stands for. */
  PyValue persistent(PyValue id, PickleLocation site);

  /** An environment without calls and references. */
  static PickleEnvironment empty() {
    return new PickleEnvironment() {
      @Override
      public Optional<Callee> callee(PyValue.Global name) {
        return Optional.empty();
      }

      @Override
      public PyValue persistent(PyValue id, PickleLocation site) {
        throw site.damaged("persistent id " + id, "this pickle has nothing outside of it");
      }
    };
  }
}
