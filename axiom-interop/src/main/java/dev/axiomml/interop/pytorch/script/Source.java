package dev.axiomml.interop.pytorch.script;

import dev.axiomml.interop.file.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One file of TorchScript's source text: its classes with their methods, and its functions. */
final class Source {
  private final Lines lines;
  private final Map<String, Declared> classes = new HashMap<>();
  private final Map<String, Method> functions = new HashMap<>();

  private Source(Lines lines) {
    this.lines = lines;
  }

  /**
   * Reads a text.
   *
   * @throws dev.axiomml.core.error.ModelImportException naming the line that is not of the language
   */
  static Source of(String text, Place place) {
    Source source = new Source(new Lines(place, text));
    source.read(new Tokens(source.lines));
    return source;
  }

  Lines lines() {
    return lines;
  }

  Optional<Method> function(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  Optional<Declared> type(String name) {
    return Optional.ofNullable(classes.get(name));
  }

  private void read(Tokens tokens) {
    Statements statements = new Statements(tokens);
    while (!tokens.at(Token.Kind.END)) {
      if (tokens.took("class")) {
        type(tokens, statements);
      } else if (tokens.at("def")) {
        Method method = statements.method();
        functions.put(method.name(), method);
      } else if (!tokens.took(Token.Kind.LINE)) {
        statements.statement();
      }
    }
  }

  private void type(Tokens tokens, Statements statements) {
    String name = tokens.name();
    String base = "";
    if (tokens.took("(")) {
      base = tokens.at(")") ? "" : tokens.name();
      tokens.expect(")");
    }
    tokens.expect(":");
    tokens.expect(Token.Kind.LINE);
    tokens.expect(Token.Kind.INDENT);
    List<String> fields = new ArrayList<>();
    Map<String, Expression> constants = new HashMap<>();
    Map<String, Method> methods = new HashMap<>();
    while (!tokens.took(Token.Kind.DEDENT)) {
      if (tokens.at("def")) {
        Method method = statements.method();
        methods.put(method.name(), method);
      } else {
        statements.field(fields, constants);
      }
    }
    classes.put(name, new Declared(base, fields, constants, methods));
  }
}
