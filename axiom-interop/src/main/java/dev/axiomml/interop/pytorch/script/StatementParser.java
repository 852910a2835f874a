package dev.axiomml.interop.pytorch.script;

import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads statements, functions and the attributes of classes. */
final class StatementParser {
  private static final Set<String> FOREIGN =
      Set.of("with", "raise", "try", "import", "from", "global", "lambda", "del", "yield");

  private final TokenStream tokens;
  private final ExpressionParser expressions;

  StatementParser(TokenStream tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  /** {@code def name(self: T, x: Tensor=None) -> Tensor:} and its body. */
  ScriptMethod method() {
    int line = tokens.peek().line();
    tokens.expect("def");
    String name = tokens.name();
    tokens.expect("(");
    List<ScriptMethod.Parameter> parameters = new ArrayList<>();
    while (!tokens.took(")")) {
      parameters.add(parameter());
      if (!tokens.at(")")) {
        tokens.expect(",");
      }
    }
    if (tokens.took("-")) {
      tokens.expect(">");
      expressions.expression();
    }
    return new ScriptMethod(name, parameters, block(), line);
  }

  private ScriptMethod.Parameter parameter() {
    String name = tokens.name();
    ScriptExpression type =
        tokens.took(":") ? expressions.expression() : new ScriptExpression.Name("Tensor");
    String kind =
        type instanceof ScriptExpression.Element of ? of.sequence().dotted() : type.dotted();
    return new ScriptMethod.Parameter(
        name, kind, tokens.took("=") ? Optional.of(expressions.expression()) : Optional.empty());
  }

  /** {@code name : type = value} in a class. */
  void field(List<String> fields, Map<String, ScriptExpression> constants) {
    if (tokens.took("pass")) {
      tokens.expect(ScriptToken.Kind.LINE);
      return;
    }
    ScriptExpression target = expressions.expression();
    if (target instanceof ScriptExpression.Name name && tokens.took(":")) {
      expressions.expression();
      fields.add(name.text());
    }
    if (tokens.took("=")) {
      constants.put(target.dotted(), expressions.tuple());
    }
    tokens.expect(ScriptToken.Kind.LINE);
  }

  private List<ScriptStatement> block() {
    tokens.enter();
    tokens.expect(":");
    tokens.expect(ScriptToken.Kind.LINE);
    tokens.expect(ScriptToken.Kind.INDENT);
    List<ScriptStatement> statements = new ArrayList<>();
    while (!tokens.took(ScriptToken.Kind.DEDENT)) {
      statements.add(statement());
    }
    tokens.leave();
    return statements;
  }

  ScriptStatement statement() {
    int line = tokens.peek().line();
    if (tokens.took("if")) {
      return branch(line);
    }
    if (tokens.took("while")) {
      ScriptExpression condition = expressions.expression();
      return new ScriptStatement.While(line, condition, block());
    }
    if (tokens.took("for")) {
      ScriptExpression target = expressions.tuple();
      tokens.expect("in");
      ScriptExpression sequence = expressions.expression();
      return new ScriptStatement.For(line, target, sequence, block());
    }
    ScriptStatement simple = simple(line);
    tokens.expect(ScriptToken.Kind.LINE);
    return simple;
  }

  private ScriptStatement branch(int line) {
    tokens.enter();
    ScriptExpression condition = expressions.expression();
    List<ScriptStatement> then = block();
    List<ScriptStatement> otherwise = List.of();
    if (tokens.at("elif")) {
      otherwise = List.of(branch(tokens.next().line()));
    } else if (tokens.took("else")) {
      otherwise = block();
    }
    tokens.leave();
    return new ScriptStatement.Branch(line, condition, then, otherwise);
  }

  private ScriptStatement simple(int line) {
    if (tokens.took("pass")) {
      return new ScriptStatement.Pass(line);
    }
    if (tokens.took("return")) {
      ScriptExpression nothing = new ScriptExpression.Literal(AtenItem.NOTHING);
      return new ScriptStatement.Return(
          line, tokens.at(ScriptToken.Kind.LINE) ? nothing : expressions.tuple());
    }
    if (FOREIGN.contains(tokens.peek().text())) {
      throw tokens.unreadable("statement " + tokens.peek().text());
    }
    return assignment(line);
  }

  private ScriptStatement assignment(int line) {
    ScriptExpression left = expressions.tuple();
    boolean declared = tokens.took(":");
    if (declared) {
      expressions.expression();
    }
    if (!tokens.took("=")) {
      return declared
          ? new ScriptStatement.Pass(line)
          : new ScriptStatement.Assign(line, List.of(), false, left);
    }
    ScriptExpression value = expressions.tuple();
    return left instanceof ScriptExpression.Sequence several
        ? new ScriptStatement.Assign(line, several.elements(), true, value)
        : new ScriptStatement.Assign(line, List.of(left), false, value);
  }
}
