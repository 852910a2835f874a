package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.pytorch.aten.Item;
import dev.axiomml.interop.pytorch.pickle.PyObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a variable of a script stands for while the script is followed. */
sealed interface Thing {
  /** A value of the program, or a number, text, truth or None. */
  record Held(Item item) implements Thing {}

  /** A module and its dotted path from the root. */
  record Member(PyObject object, String path) implements Thing {
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
  record Routine(String path) implements Thing {}

  /** A list or tuple, which may grow; equal to itself only. */
  final class Listed implements Thing {
    private final List<Thing> things;
    private final List<String> names;

    Listed(List<? extends Thing> things) {
      this(things, List.of());
    }

    /** A named tuple. */
    Listed(List<? extends Thing> things, List<String> names) {
      this.things = new ArrayList<>(things);
      this.names = names;
    }

    List<Thing> things() {
      return things;
    }

    List<String> names() {
      return names;
    }
  }

  /** A dictionary, in order. */
  final class Mapped implements Thing {
    private final Map<Item, Thing> entries = new LinkedHashMap<>();

    Map<Item, Thing> entries() {
      return entries;
    }
  }

  /**
   * A truth about sizes that are not known yet.
   *
   * @param relation {@code eq ne lt le gt ge}
   */
  record Open(Dim left, Dim right, String relation) implements Thing {
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
  static Thing nothing() {
    return new Held(Item.NOTHING);
  }

  static Thing of(boolean value) {
    return new Held(new Item.Flag(value));
  }

  static Thing of(long value) {
    return new Held(Item.of(value));
  }

  static Thing of(double value) {
    return new Held(new Item.Real(value));
  }

  static Thing of(String value) {
    return new Held(new Item.Text(value));
  }
}
