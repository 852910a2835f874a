package dev.axiomml.interop.pytorch.script;

import dev.axiomml.interop.pytorch.aten.Item;
import dev.axiomml.interop.pytorch.pickle.PyObject;

/** What a variable of a script stands for. */
sealed interface Thing {
  /** A value of the program. */
  record Held(Item item) implements Thing {}

  /** A module and its dotted path from the root. */
  record Member(PyObject object, String path) implements Thing {
    /** The path of something below. */
    String below(String name) {
      return path.isEmpty() ? name : path + "." + name;
    }

    /** The class's name without the mark that makes it unique. */
    String module() {
      return object.type().module().replaceAll("\\.___torch_mangle_\\d+", "");
    }
  }
}
