package dev.axiomml.interop.pytorch.script;

import dev.axiomml.interop.pytorch.aten.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads statements, functions and the attributes of classes. */
final class Statements {
  private static final Set<String> FOREIGN =
      Set.of("with", "raise", "try", "import", "from", "global", "lambda", "del", "yield");

  private final Tokens tokens;
  private final Expressions expressions;

  Statements(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new Expressions(tokens);
  }

  /** {@code def name(self: T, x: Tensor=None) -> Tensor:} and its body. */
  Method method() {
    int line = tokens.peek().line();
    tokens.expect("def");
    String name = tokens.name();
    tokens.expect("(");
    List<Method.Parameter> parameters = new ArrayList<>();
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
    return new Method(name, parameters, block(), line);
  }

  private Method.Parameter parameter() {
    String name = tokens.name();
    Expression type = tokens.took(":") ? expressions.expression() : new Expression.Name("Tensor");
    String kind = type instanceof Expression.Element of ? of.sequence().dotted() : type.dotted();
    return new Method.Parameter(
        name, kind, tokens.took("=") ? Optional.of(expressions.expression()) : Optional.empty());
  }

  /** {@code name : type = value} in a class. */
  void field(List<String> fields, Map<String, Expression> constants) {
    if (tokens.took("pass")) {
      tokens.expect(Token.Kind.LINE);
      return;
    }
    Expression target = expressions.expression();
    if (target instanceof Expression.Name name && tokens.took(":")) {
      expressions.expression();
      fields.add(name.text());
    }
    if (tokens.took("=")) {
      constants.put(target.dotted(), expressions.tuple());
    }
    tokens.expect(Token.Kind.LINE);
  }

  private List<Statement> block() {
    tokens.enter();
    tokens.expect(":");
    tokens.expect(Token.Kind.LINE);
    tokens.expect(Token.Kind.INDENT);
    List<Statement> statements = new ArrayList<>();
    while (!tokens.took(Token.Kind.DEDENT)) {
      statements.add(statement());
    }
    tokens.leave();
    return statements;
  }

  Statement statement() {
    int line = tokens.peek().line();
    if (tokens.took("if")) {
      return branch(line);
    }
    if (tokens.took("while")) {
      Expression condition = expressions.expression();
      return new Statement.While(line, condition, block());
    }
    if (tokens.took("for")) {
      Expression target = expressions.tuple();
      tokens.expect("in");
      Expression sequence = expressions.expression();
      return new Statement.For(line, target, sequence, block());
    }
    Statement simple = simple(line);
    tokens.expect(Token.Kind.LINE);
    return simple;
  }

  private Statement branch(int line) {
    tokens.enter();
    Expression condition = expressions.expression();
    List<Statement> then = block();
    List<Statement> otherwise = List.of();
    if (tokens.at("elif")) {
      otherwise = List.of(branch(tokens.next().line()));
    } else if (tokens.took("else")) {
      otherwise = block();
    }
    tokens.leave();
    return new Statement.Branch(line, condition, then, otherwise);
  }

  private Statement simple(int line) {
    if (tokens.took("pass")) {
      return new Statement.Pass(line);
    }
    if (tokens.took("return")) {
      Expression nothing = new Expression.Literal(Item.NOTHING);
      return new Statement.Return(line, tokens.at(Token.Kind.LINE) ? nothing : expressions.tuple());
    }
    if (FOREIGN.contains(tokens.peek().text())) {
      throw tokens.unreadable("statement " + tokens.peek().text());
    }
    return assignment(line);
  }

  private Statement assignment(int line) {
    Expression left = expressions.tuple();
    boolean declared = tokens.took(":");
    if (declared) {
      expressions.expression();
    }
    if (!tokens.took("=")) {
      return declared
          ? new Statement.Pass(line)
          : new Statement.Assign(line, List.of(), false, left);
    }
    Expression value = expressions.tuple();
    return left instanceof Expression.Sequence several
        ? new Statement.Assign(line, several.elements(), true, value)
        : new Statement.Assign(line, List.of(left), false, value);
  }
}
