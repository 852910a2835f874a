package dev.axiomml.interop.pytorch.pickle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A list, tuple or set. */
public final class PyItems implements PyValue {
  /** Which of them. */
  public enum Kind {
    /** Python's {@code list}. */
    LIST,
    /** Python's {@code tuple}; also {@code torch.Size}. */
    TUPLE,
    /** Python's {@code set} or {@code frozenset}, in the file's order, duplicates kept. */
    SET
  }

  private final Kind kind;
  private final List<PyValue> items;

  private PyItems(Kind kind, List<PyValue> items) {
    this.kind = kind;
    this.items = items;
  }

  /** The given values in order. */
  public static PyItems of(Kind kind, List<? extends PyValue> items) {
    return new PyItems(kind, new ArrayList<>(items));
  }

  /** Which kind. */
  public Kind kind() {
    return kind;
  }

  /** The values in order. */
  public List<PyValue> items() {
    return Collections.unmodifiableList(items);
  }

  void add(List<? extends PyValue> more) {
    items.addAll(more);
  }

  /** Kind and size. */
  @Override
  public String toString() {
    return "a " + kind.name().toLowerCase(java.util.Locale.ROOT) + " of " + items.size();
  }
}
