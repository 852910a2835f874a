package dev.axiomml.interop.pytorch.file;

import dev.axiomml.interop.pytorch.pickle.PickleLocation;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of a call, each asked for by position and type.
 *
 * @param values in order
 * @param site of the call
 */
record PickleArguments(List<PyValue> values, PickleLocation site) {
  PyValue at(int index) {
    if (index >= values.size()) {
      throw site.damaged("a call with " + values.size() + " arguments", "it needs more");
    }
    return values.get(index);
  }

  Optional<PyValue> find(int index) {
    return index < values.size() ? Optional.of(values.get(index)) : Optional.empty();
  }

  <T extends PyValue> T at(int index, Class<T> type) {
    PyValue value = at(index);
    if (!type.isInstance(value)) {
      throw site.damaged(
          "argument " + index + " is " + value, "the call needs " + type.getSimpleName());
    }
    return type.cast(value);
  }

  long integer(int index) {
    return at(index, PyValue.Int.class).value();
  }

  List<PyValue> items(int index) {
    return at(index, PyItems.class).items();
  }

  long[] integers(int index) {
    return integers(at(index, PyItems.class), site);
  }

  static long[] integers(PyItems items, PickleLocation site) {
    return items.items().stream()
        .mapToLong(item -> new PickleArguments(List.of(item), site).integer(0))
        .toArray();
  }

  byte[] bytes(int index) {
    PyValue value = at(index);
    if (value instanceof PyValue.Bytes bytes) {
      return bytes.value();
    }
    return at(index, PyValue.Text.class)
        .value()
        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
