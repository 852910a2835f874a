package dev.axiomml.interop.pytorch.file;

import dev.axiomml.interop.pytorch.pickle.PickleLocation;
import dev.axiomml.interop.pytorch.pickle.PyDict;
import dev.axiomml.interop.pytorch.pickle.PyItems;
import dev.axiomml.interop.pytorch.pickle.PyItems.Kind;
import dev.axiomml.interop.pytorch.pickle.PyObject;
import dev.axiomml.interop.pytorch.pickle.PyPairs;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import dev.axiomml.interop.pytorch.pickle.PyValue.Global;
import java.util.List;

/** Python's own containers, and classes whose objects stay inert. */
final class PlainCallees {
  private static final List<String> BUILTINS = List.of("builtins", "__builtin__");
  private static final List<String> COPYREG = List.of("copyreg", "copy_reg");

  private PlainCallees() {}

  static void addTo(PickleCallees table) {
    table.add("collections", "OrderedDict", PlainCallees::dict);
    table.add(
        "collections",
        "defaultdict",
        (a, s) -> dict(a.subList(Math.min(1, a.size()), a.size()), s));
    table.add("collections", "Counter", PlainCallees::dict);
    table.add(BUILTINS, "dict", PlainCallees::dict);
    table.add(BUILTINS, "set", (a, s) -> items(Kind.SET, a, s));
    table.add(BUILTINS, "frozenset", (a, s) -> items(Kind.SET, a, s));
    table.add(BUILTINS, "list", (a, s) -> items(Kind.LIST, a, s));
    table.add(BUILTINS, "tuple", (a, s) -> items(Kind.TUPLE, a, s));
    table.add(BUILTINS, "bytearray", PlainCallees::bytes);
    table.add(BUILTINS, "bytes", PlainCallees::bytes);
    table.add("_codecs", "encode", PlainCallees::bytes);
    table.add(COPYREG, "_reconstructor", PlainCallees::object);
    table.add(COPYREG, "__newobj__", PlainCallees::object);
    table.add("torch", "Size", (a, s) -> items(Kind.TUPLE, a, s));
    for (String name :
        List.of("build_intlist", "build_doublelist", "build_boollist", "build_tensorlist")) {
      table.add("torch.jit._pickle", name, (a, s) -> items(Kind.LIST, a, s));
    }
    table.add("torch.jit._pickle", "restore_type_tag", (a, s) -> new PickleArguments(a, s).at(0));
    table.add("torch.fx.graph_module", "reduce_graph_module", PlainCallees::graphModule);
    addInert(table);
  }

  private static void addInert(PickleCallees table) {
    inert(table, BUILTINS, List.of("complex", "slice", "range", "xrange", "object"));
    inert(table, List.of("torch"), List.of("device"));
    inert(table, List.of("torch.serialization"), List.of("_get_layout"));
    inert(table, List.of("torch.torch_version"), List.of("TorchVersion"));
    inert(
        table,
        List.of("pathlib", "pathlib._local"),
        List.of("Path", "PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath"));
    inert(table, List.of("datetime"), List.of("datetime", "date", "time", "timedelta", "timezone"));
    inert(table, List.of("functools"), List.of("partial"));
    inert(table, List.of("types"), List.of("SimpleNamespace"));
    inert(table, List.of("decimal"), List.of("Decimal"));
  }

  private static void inert(PickleCallees table, List<String> modules, List<String> names) {
    for (String module : modules) {
      for (String name : names) {
        Global type = new Global(module, name);
        table.add(module, name, (arguments, site) -> new PyObject(type, arguments));
      }
    }
  }

  /** A GraphModule: its tensors and layers; its forward(), Python text, stays unread. */
  private static PyValue graphModule(List<PyValue> arguments, PickleLocation site) {
    PyObject module = new PyObject(new Global("torch.fx.graph_module", "GraphModule"), List.of());
    module.build(new PickleArguments(arguments, site).at(0, PyDict.class));
    return module;
  }

  private static PyValue dict(List<PyValue> arguments, PickleLocation site) {
    PyValue from = arguments.isEmpty() ? new PyDict() : arguments.get(0);
    return PyPairs.dict(from, site);
  }

  private static PyValue items(Kind kind, List<PyValue> arguments, PickleLocation site) {
    return arguments.isEmpty()
        ? PyItems.of(kind, List.of())
        : PyItems.of(kind, new PickleArguments(arguments, site).items(0));
  }

  /** Bytes written as text of one character each, with the name of the encoding. */
  private static PyValue bytes(List<PyValue> arguments, PickleLocation site) {
    PickleArguments given = new PickleArguments(arguments, site);
    boolean latin =
        given.find(1).map(e -> e.toString().matches("(?i)latin-?1|iso-8859-1")).orElse(true);
    if (!arguments.isEmpty() && !latin) {
      throw site.damaged("bytes encoded as " + given.at(1), "pickles write them as latin1");
    }
    return new PyValue.Bytes(arguments.isEmpty() ? new byte[0] : given.bytes(0));
  }

  private static PyValue object(List<PyValue> arguments, PickleLocation site) {
    Global type = new PickleArguments(arguments, site).at(0, Global.class);
    return new PyObject(type, arguments.subList(1, arguments.size()));
  }
}
