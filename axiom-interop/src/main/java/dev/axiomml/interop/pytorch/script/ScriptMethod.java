package dev.axiomml.interop.pytorch.script;

import java.util.List;
import java.util.Optional;

/**
 * A method or a function.
 *
 * @param name its name
 * @param parameters in order, {@code self} among them
 * @param body in order
 * @param line where it begins
 */
record ScriptMethod(String name, List<Parameter> parameters, List<ScriptStatement> body, int line) {
  ScriptMethod {
    parameters = List.copyOf(parameters);
    body = List.copyOf(body);
  }

  /**
   * A parameter.
   *
   * @param type without what is in brackets: {@code Tensor}, {@code Optional}
   * @param standard what it is when it is not given
   */
  record Parameter(String name, String type, Optional<ScriptExpression> standard) {}
}
