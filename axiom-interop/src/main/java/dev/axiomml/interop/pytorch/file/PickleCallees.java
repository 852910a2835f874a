package dev.axiomml.interop.pytorch.file;

import dev.axiomml.interop.pytorch.pickle.PickleEnvironment.Callee;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import dev.axiomml.interop.pytorch.pickle.PyValue.Global;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A closed table of what a checkpoint's pickle may call: one line an entry, exact names only. */
final class PickleCallees {
  private final Map<Global, Callee> table = new LinkedHashMap<>();

  PickleCallees(CopyBudget budget) {
    PlainCallees.addTo(this);
    NumpyCallees.addTo(this, budget);
    new TensorCallees(this, budget).add();
  }

  void add(String module, String name, Callee callee) {
    table.put(new Global(module, name), callee);
  }

  /** The same callable under the names it had in several versions. */
  void add(java.util.List<String> modules, String name, Callee callee) {
    modules.forEach(module -> add(module, name, callee));
  }

  Optional<Callee> find(PyValue name) {
    return name instanceof Global global
        ? Optional.ofNullable(table.get(global))
        : Optional.empty();
  }

  Map<Global, Callee> table() {
    return Collections.unmodifiableMap(table);
  }
}
