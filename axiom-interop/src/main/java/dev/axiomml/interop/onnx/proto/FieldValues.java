package dev.axiomml.interop.onnx.proto;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The values of a message's fields, in the order of its form; those that are not there are null.
 */
final class FieldValues {
  private final MessageForm<?> form;
  private final Object[] values;

  /** Values that no longer change; none at all where no field is there. */
  FieldValues(MessageForm<?> form, Object[] values) {
    this.form = form;
    this.values = values;
  }

  MessageForm<?> form() {
    return form;
  }

  /** The value of a field by its place among the fields. */
  Optional<Object> at(int slot) {
    return slot < values.length ? Optional.ofNullable(values[slot]) : Optional.empty();
  }

  /** The value of a field by its number. */
  Optional<Object> of(int number) {
    return at(slot(number));
  }

  /** A copy with another value of one field. */
  FieldValues with(int number, Object value) {
    Object[] copy = Arrays.copyOf(values, form.fields().size());
    copy[slot(number)] = value instanceof List<?> list && list.isEmpty() ? null : value;
    return new FieldValues(form, copy);
  }

  private int slot(int number) {
    return form.slot(number).orElseThrow();
  }

  boolean isSame(FieldValues other) {
    boolean same = form == other.form;
    for (int i = 0; same && i < form.fields().size(); i++) {
      same = at(i).equals(other.at(i));
    }
    return same;
  }

  int hash() {
    return values.length == 0 ? 0 : Arrays.hashCode(values);
  }
}
