package dev.axiomml.interop.pytorch.pickle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object of a class that only has a name here: what was given to make it and what state it was
 * set to. No code of the class exists or runs.
 */
public final class PyObject implements PyValue {
  private final Global type;
  private final List<PyValue> arguments;
  private final PyDict attributes = new PyDict();
  private final PyDict entries = new PyDict();
  private final List<PyValue> elements = new ArrayList<>();
  private @Nullable PyValue state;

  /** An object without state. */
  public PyObject(Global type, List<? extends PyValue> arguments) {
    this.type = type;
    this.arguments = List.copyOf(arguments);
  }

  /** Its class. */
  public Global type() {
    return type;
  }

  /** What its constructor was given. */
  public List<PyValue> arguments() {
    return arguments;
  }

  /** Its attributes, where its state is a dictionary, as it is for most classes. */
  public PyDict attributes() {
    return attributes;
  }

  /** Its entries, where its class is a kind of dictionary. */
  public PyDict entries() {
    return entries;
  }

  /** Its elements, where its class is a kind of list. */
  public List<PyValue> elements() {
    return Collections.unmodifiableList(elements);
  }

  /** Its state, where that is no dictionary. */
  public Optional<PyValue> state() {
    return Optional.ofNullable(state);
  }

  void add(List<? extends PyValue> more) {
    elements.addAll(more);
  }

  /** Sets its state. */
  public void build(PyValue given) {
    if (given instanceof PyDict dict) {
      attributes.putAll(dict);
    } else if (given instanceof PyItems pair && isSlots(pair)) {
      pair.items().forEach(this::build);
    } else if (!(given instanceof None)) {
      state = given;
    }
  }

  /** {@code (__dict__ or None, slots)}, how Python saves objects with slots. */
  private static boolean isSlots(PyItems pair) {
    return pair.kind() == PyItems.Kind.TUPLE
        && pair.items().size() == 2
        && pair.items().stream().allMatch(v -> v instanceof PyDict || v instanceof None);
  }

  /** Its class. */
  @Override
  public String toString() {
    return "an object of class " + type;
  }
}
