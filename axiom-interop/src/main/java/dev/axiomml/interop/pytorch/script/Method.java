package dev.axiomml.interop.pytorch.script;

import java.util.List;

/**
 * A method in straight lines.
 *
 * @param parameters without self
 * @param statements in order
 */
record Method(List<String> parameters, List<Statement> statements) {
  Method {
    parameters = List.copyOf(parameters);
    statements = List.copyOf(statements);
  }

  /**
   * {@code targets = value}; no targets for a call on its own, and for a return.
   *
   * @param returns whether the method ends here with the value
   */
  record Statement(List<String> targets, Expression value, boolean returns) {
    Statement {
      targets = List.copyOf(targets);
    }
  }
}
