package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.error.FilePlace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One file of TorchScript's source text: its classes with their methods, and its functions. */
final class ScriptSource {
  private final SourceLines lines;
  private final Map<String, DeclaredClass> classes = new HashMap<>();
  private final Map<String, ScriptMethod> functions = new HashMap<>();

  private ScriptSource(SourceLines lines) {
    this.lines = lines;
  }

  /**
   * Reads a text.
   *
   * @throws dev.axiomml.core.error.ModelImportException naming the line that is not of the language
   */
  static ScriptSource of(String text, FilePlace place) {
    ScriptSource source = new ScriptSource(new SourceLines(place, text));
    source.read(new TokenStream(source.lines));
    return source;
  }

  SourceLines lines() {
    return lines;
  }

  Optional<ScriptMethod> function(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  Optional<DeclaredClass> type(String name) {
    return Optional.ofNullable(classes.get(name));
  }

  private void read(TokenStream tokens) {
    StatementParser statements = new StatementParser(tokens);
    while (!tokens.at(ScriptToken.Kind.END)) {
      if (tokens.took("class")) {
        type(tokens, statements);
      } else if (tokens.at("def")) {
        ScriptMethod method = statements.method();
        functions.put(method.name(), method);
      } else if (!tokens.took(ScriptToken.Kind.LINE)) {
        statements.statement();
      }
    }
  }

  private void type(TokenStream tokens, StatementParser statements) {
    String name = tokens.name();
    String base = "";
    if (tokens.took("(")) {
      base = tokens.at(")") ? "" : tokens.name();
      tokens.expect(")");
    }
    tokens.expect(":");
    tokens.expect(ScriptToken.Kind.LINE);
    tokens.expect(ScriptToken.Kind.INDENT);
    List<String> fields = new ArrayList<>();
    Map<String, ScriptExpression> constants = new HashMap<>();
    Map<String, ScriptMethod> methods = new HashMap<>();
    while (!tokens.took(ScriptToken.Kind.DEDENT)) {
      if (tokens.at("def")) {
        ScriptMethod method = statements.method();
        methods.put(method.name(), method);
      } else {
        statements.field(fields, constants);
      }
    }
    classes.put(name, new DeclaredClass(base, fields, constants, methods));
  }
}
