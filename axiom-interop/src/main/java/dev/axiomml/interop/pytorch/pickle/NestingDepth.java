package dev.axiomml.interop.pytorch.pickle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** How deep values are nested; shared parts are visited once, and cycles end where they close. */
final class NestingDepth {
  private final Map<PyValue, Integer> depths = new IdentityHashMap<>();
  private final Deque<Visit> open = new ArrayDeque<>();

  private static final class Visit {
    final PyValue value;
    final List<PyValue> parts;
    int next;
    int deepest;

    Visit(PyValue value) {
      this.value = value;
      this.parts = parts(value);
    }
  }

  private NestingDepth() {}

  static int of(PyValue root) {
    NestingDepth depth = new NestingDepth();
    int deepest = depth.enter(root);
    while (!depth.open.isEmpty()) {
      deepest = depth.step();
    }
    return deepest;
  }

  private int enter(PyValue value) {
    if (value instanceof PyValue.Leaf || value instanceof PyExternal) {
      return 0;
    }
    Integer known = depths.putIfAbsent(value, 0);
    if (known == null) {
      open.push(new Visit(value));
      return 0;
    }
    return known;
  }

  private int step() {
    Visit visit = open.element();
    while (visit.next < visit.parts.size()) {
      int before = open.size();
      visit.deepest = Math.max(visit.deepest, enter(visit.parts.get(visit.next++)));
      if (open.size() > before) {
        return 0;
      }
    }
    open.pop();
    int depth = visit.deepest + 1;
    depths.put(visit.value, depth);
    if (!open.isEmpty()) {
      Visit outer = open.element();
      outer.deepest = Math.max(outer.deepest, depth);
    }
    return depth;
  }

  private static List<PyValue> parts(PyValue value) {
    if (value instanceof PyItems items) {
      return items.items();
    }
    List<PyValue> parts = new ArrayList<>();
    if (value instanceof PyDict dict) {
      parts.addAll(dict.entries().keySet());
      parts.addAll(dict.entries().values());
    } else if (value instanceof PyObject object) {
      parts.addAll(object.arguments());
      parts.addAll(object.elements());
      parts.add(object.attributes());
      parts.add(object.entries());
      object.state().ifPresent(parts::add);
    }
    return parts;
  }
}
