package dev.axiomml.interop.pytorch.script;

import java.util.List;
import java.util.Map;

/**
 * A class.
 *
 * @param base what it extends: {@code Module}, {@code NamedTuple}; empty for nothing
 * @param fields attributes in order
 * @param constants attributes with a value in the source
 * @param methods by name
 */
record DeclaredClass(
    String base,
    List<String> fields,
    Map<String, ScriptExpression> constants,
    Map<String, ScriptMethod> methods) {
  DeclaredClass {
    fields = List.copyOf(fields);
    constants = Map.copyOf(constants);
    methods = Map.copyOf(methods);
  }
}
