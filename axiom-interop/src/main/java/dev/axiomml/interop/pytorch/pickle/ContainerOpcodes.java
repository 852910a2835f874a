package dev.axiomml.interop.pytorch.pickle;

import java.util.ArrayList;
import java.util.List;

/** Opcodes that make and fill lists, tuples, sets and dictionaries. */
final class ContainerOpcodes {
  private ContainerOpcodes() {}

  static void pop(PickleMachine m) {
    if (m.isAtMark()) {
      m.popToMark();
    } else {
      m.pop();
    }
  }

  static void items(PickleMachine m, PyItems.Kind kind, int count) {
    List<PyValue> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(0, m.pop());
    }
    m.push(PyItems.of(kind, items));
  }

  static void marked(PickleMachine m, PyItems.Kind kind) {
    m.push(PyItems.of(kind, m.popToMark()));
  }

  static void dict(PickleMachine m) {
    PyDict dict = new PyDict();
    fill(m, dict, m.popToMark());
    m.push(dict);
  }

  static void append(PickleMachine m, List<PyValue> items) {
    PyValue target = m.top();
    if (target instanceof PyItems list && list.kind() != PyItems.Kind.TUPLE) {
      list.add(items);
    } else if (target instanceof PyObject object) {
      object.add(items);
    } else {
      throw m.site().damaged("elements added to " + target, "only lists and sets take elements");
    }
  }

  static void setItem(PickleMachine m) {
    PyValue value = m.pop();
    PyValue key = m.pop();
    fill(m, target(m), List.of(key, value));
  }

  static void setItems(PickleMachine m) {
    List<PyValue> pairs = m.popToMark();
    fill(m, target(m), pairs);
  }

  private static PyDict target(PickleMachine m) {
    PyValue target = m.top();
    if (target instanceof PyDict dict) {
      return dict;
    }
    if (target instanceof PyObject object) {
      return object.entries();
    }
    throw m.site().damaged("entries set on " + target, "only dictionaries take entries");
  }

  private static void fill(PickleMachine m, PyDict dict, List<PyValue> pairs) {
    if (pairs.size() % 2 != 0) {
      throw m.site().damaged(pairs.size() + " values", "keys and values come in pairs");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      dict.put(pairs.get(i), pairs.get(i + 1));
    }
  }
}
