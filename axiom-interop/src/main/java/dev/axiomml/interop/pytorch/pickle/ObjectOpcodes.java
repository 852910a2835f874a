package dev.axiomml.interop.pytorch.pickle;

import java.util.List;

/** Opcodes that name classes, make objects and set their state. */
final class ObjectOpcodes {
  private static final String FIX =
      "save the weights alone, torch.save(model.state_dict(), path), or as safetensors";

  private ObjectOpcodes() {}

  static void global(PickleMachine m) {
    String module = m.in().line(m.limits().digits(), m.site());
    name(m, module, m.in().line(m.limits().digits(), m.site()));
  }

  static void stackGlobal(PickleMachine m) {
    PyValue name = m.pop();
    PyValue module = m.pop();
    if (name instanceof PyValue.Text n && module instanceof PyValue.Text t) {
      name(m, t.value(), n.value());
      return;
    }
    throw m.site().damaged("a global named by " + name, "module and name are texts");
  }

  private static void name(PickleMachine m, String module, String name) {
    if (name.contains(".")) {
      throw m.site()
          .fault(
              "global " + module + "." + name + " is not allowed",
              "the name '" + name + "' has dots: it would walk through a module's attributes",
              FIX);
    }
    m.push(new PyValue.Global(module, name));
  }

  static void reduce(PickleMachine m) {
    List<PyValue> arguments = arguments(m);
    PyValue callee = m.pop();
    if (!(callee instanceof PyValue.Global global)) {
      throw m.site().damaged("a call of " + callee, "only named functions are called");
    }
    m.push(
        m.environment()
            .callee(global)
            .orElseThrow(() -> unknown(m, global))
            .call(arguments, m.site()));
  }

  private static RuntimeException unknown(PickleMachine m, PyValue.Global global) {
    return m.site()
        .fault(
            "a call of the unknown global " + global,
            "only a closed table of harmless constructors is called; no code of a file ever runs",
            FIX);
  }

  static void newObject(PickleMachine m) {
    List<PyValue> arguments = arguments(m);
    m.push(new PyObject(type(m), arguments));
  }

  static void newObjectWithNames(PickleMachine m) {
    PyValue named = m.pop();
    List<PyValue> arguments = new java.util.ArrayList<>(arguments(m));
    arguments.add(named);
    m.push(new PyObject(type(m), arguments));
  }

  private static PyValue.Global type(PickleMachine m) {
    PyValue type = m.pop();
    if (type instanceof PyValue.Global global) {
      return global;
    }
    throw m.site().damaged("an object of class " + type, "a class is named by a global");
  }

  private static List<PyValue> arguments(PickleMachine m) {
    PyValue arguments = m.pop();
    if (arguments instanceof PyItems items && items.kind() == PyItems.Kind.TUPLE) {
      return items.items();
    }
    throw m.site().damaged("arguments given as " + arguments, "arguments are a tuple");
  }

  static void build(PickleMachine m) {
    PyValue state = m.pop();
    PyValue target = m.top();
    if (target instanceof PyObject object) {
      object.build(state);
    } else if (target instanceof PyExternal external) {
      external.build(state, m.site());
    } else {
      metadata(m, target, state);
    }
  }

  private static void metadata(PickleMachine m, PyValue target, PyValue state) {
    boolean harmless =
        target instanceof PyDict
            && state instanceof PyDict dict
            && dict.entries().keySet().stream().allMatch(new PyValue.Text("_metadata")::equals);
    if (!harmless) {
      String keys =
          state instanceof PyDict dict
              ? dict.entries().keySet().stream().limit(3).toList() + ""
              : state.toString();
      throw m.site()
          .fault(
              "BUILD sets the state " + keys + " on " + target,
              "a dictionary's state is _metadata and nothing else",
              FIX);
    }
  }

  static void persistent(PickleMachine m) {
    m.push(m.environment().persistent(m.pop(), m.site()));
  }

  static void persistentLine(PickleMachine m) {
    PyValue id = new PyValue.Text(m.in().line(m.limits().digits(), m.site()));
    m.push(m.environment().persistent(id, m.site()));
  }

  /** For opcodes that would call what the file names, or need what is not in it. */
  static RuntimeException refusal(PickleMachine m) {
    return m.site()
        .fault(
            "opcode " + m.site().opcode() + " is refused",
            "it calls what the file names; torch.save never writes it",
            FIX);
  }
}
