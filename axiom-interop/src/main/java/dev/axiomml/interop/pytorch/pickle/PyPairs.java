package dev.axiomml.interop.pytorch.pickle;

/** Dictionaries made of another dictionary or of a list of pairs. */
public final class PyPairs {
  private PyPairs() {}

  /**
   * A new dictionary of the same entries.
   *
   * @throws dev.axiomml.core.error.ModelImportException when the value has no pairs
   */
  public static PyDict dict(PyValue from, PickleLocation site) {
    PyDict dict = new PyDict();
    if (from instanceof PyDict other) {
      dict.putAll(other);
    } else if (from instanceof PyItems list) {
      list.items().forEach(pair -> add(dict, pair, site));
    } else if (!(from instanceof PyValue.None)) {
      throw site.damaged("a dictionary of " + from, "it is made of pairs");
    }
    return dict;
  }

  private static void add(PyDict dict, PyValue pair, PickleLocation site) {
    if (!(pair instanceof PyItems items) || items.items().size() != 2) {
      throw site.damaged("a dictionary entry " + pair, "an entry is a pair");
    }
    dict.put(items.items().get(0), items.items().get(1));
  }
}
