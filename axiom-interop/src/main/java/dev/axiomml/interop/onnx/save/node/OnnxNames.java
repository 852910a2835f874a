package dev.axiomml.interop.onnx.save.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What values are called in the file, each by a name of its own. */
public final class OnnxNames {
  private final Set<String> taken = new HashSet<>();
  private final Map<String, String> byId = new HashMap<>();
  private final Map<String, Integer> counters = new HashMap<>();

  /** Calls a value so, or so with a number behind where that name is taken. */
  public String call(String id, String wanted) {
    return byId.computeIfAbsent(id, key -> unique(wanted.isEmpty() ? "value" : wanted));
  }

  /** A name that nothing else has. */
  String unique(String wanted) {
    String name = wanted;
    while (!taken.add(name)) {
      name = wanted + "_" + counters.merge(wanted, 1, Integer::sum);
    }
    return name;
  }

  /** The name of a value; what is left out has none. */
  public String of(String id) {
    return id.isEmpty() ? "" : byId.getOrDefault(id, id);
  }
}
