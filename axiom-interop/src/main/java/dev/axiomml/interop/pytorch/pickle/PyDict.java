package dev.axiomml.interop.pytorch.pickle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A dictionary in the file's order; its attributes, such as {@code _metadata}, are left out. */
public final class PyDict implements PyValue {
  private final Map<PyValue, PyValue> entries = new LinkedHashMap<>();

  /** An empty one. */
  public PyDict() {}

  /** Keys and values in order; leaves are found by value, other keys by identity. */
  public Map<PyValue, PyValue> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /** The value of a text key. */
  public Optional<PyValue> get(String key) {
    return Optional.ofNullable(entries.get(new Text(key)));
  }

  /** The value of a text key when it is a dictionary. */
  public Optional<PyDict> dict(String key) {
    return get(key).filter(PyDict.class::isInstance).map(PyDict.class::cast);
  }

  void put(PyValue key, PyValue value) {
    entries.put(key, value);
  }

  void putAll(PyDict other) {
    entries.putAll(other.entries);
  }

  /** How many entries. */
  @Override
  public String toString() {
    return "a dict of " + entries.size();
  }
}
