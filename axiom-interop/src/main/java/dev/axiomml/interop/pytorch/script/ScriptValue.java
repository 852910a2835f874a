package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.pickle.PyObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a variable of a script stands for while the script is followed. */
sealed interface ScriptValue {
  /** A value of the program, or a number, text, truth or None. */
  record Held(AtenItem item) implements ScriptValue {}

  /** A module and its dotted path from the root. */
  record Member(PyObject object, String path) implements ScriptValue {
    /** The path of something below. */
    String below(String name) {
      return path.isEmpty() ? name : path + "." + name;
    }

    /** The module of the class without the mark that makes it unique. */
    String module() {
      return object.type().module().replaceAll("\\.___torch_mangle_\\d+", "");
    }
  }

  /** A function or class of the file, by its full name. */
  record Routine(String path) implements ScriptValue {}

  /** A list or tuple, which may grow; equal to itself only. */
  final class Listed implements ScriptValue {
    private final List<ScriptValue> things;
    private final List<String> names;

    Listed(List<? extends ScriptValue> things) {
      this(things, List.of());
    }

    /** A named tuple. */
    Listed(List<? extends ScriptValue> things, List<String> names) {
      this.things = new ArrayList<>(things);
      this.names = names;
    }

    List<ScriptValue> things() {
      return things;
    }

    List<String> names() {
      return names;
    }
  }

  /** A dictionary, in order. */
  final class Mapped implements ScriptValue {
    private final Map<AtenItem, ScriptValue> entries = new LinkedHashMap<>();

    Map<AtenItem, ScriptValue> entries() {
      return entries;
    }
  }

  /**
   * A truth about sizes that are not known yet.
   *
   * @param relation {@code eq ne lt le gt ge}
   */
  record Open(Dim left, Dim right, String relation) implements ScriptValue {
    private static final Map<String, String> OPPOSITE =
        Map.of("eq", "ne", "ne", "eq", "lt", "ge", "ge", "lt", "gt", "le", "le", "gt");

    Open negated() {
      return new Open(left, right, OPPOSITE.getOrDefault(relation, relation));
    }

    @Override
    public String toString() {
      return left + " " + relation + " " + right;
    }
  }

  /** None. */
  static ScriptValue nothing() {
    return new Held(AtenItem.NOTHING);
  }

  static ScriptValue of(boolean value) {
    return new Held(new AtenItem.Flag(value));
  }

  static ScriptValue of(long value) {
    return new Held(AtenItem.of(value));
  }

  static ScriptValue of(double value) {
    return new Held(new AtenItem.Real(value));
  }

  static ScriptValue of(String value) {
    return new Held(new AtenItem.Text(value));
  }
}
