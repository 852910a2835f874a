package dev.axiomml.interop.pytorch.script;

import dev.axiomml.core.error.ModelImportException;
import java.util.List;

/** The tokens of a file, taken one after the other. */
final class TokenStream {
  private static final int DEEPEST = 100;

  private final SourceLines lines;
  private final List<ScriptToken> tokens;
  private int position;
  private int depth;

  TokenStream(SourceLines lines) {
    this.lines = lines;
    this.tokens = ScriptLexer.tokens(lines);
  }

  ScriptToken peek() {
    return tokens.get(Math.min(position, tokens.size() - 1));
  }

  ScriptToken next() {
    ScriptToken token = peek();
    position++;
    return token;
  }

  boolean at(String sign) {
    return peek().is(sign);
  }

  boolean at(ScriptToken.Kind kind) {
    return peek().kind() == kind;
  }

  /** Takes a sign or keyword if it is next. */
  boolean took(String sign) {
    boolean here = at(sign);
    position += here ? 1 : 0;
    return here;
  }

  boolean took(ScriptToken.Kind kind) {
    boolean here = at(kind);
    position += here ? 1 : 0;
    return here;
  }

  void expect(String sign) {
    if (!took(sign)) {
      throw unreadable("'" + sign + "' was expected, got '" + peek().text() + "'");
    }
  }

  void expect(ScriptToken.Kind kind) {
    if (!took(kind)) {
      throw unreadable("unexpected '" + peek().text() + "'");
    }
  }

  String name() {
    if (!at(ScriptToken.Kind.NAME)) {
      throw unreadable("a name was expected, got '" + peek().text() + "'");
    }
    return next().text();
  }

  /** Goes a level deeper; {@link #leave} comes back. */
  void enter() {
    if (++depth > DEEPEST) {
      throw unreadable("nested deeper than " + DEEPEST);
    }
  }

  void leave() {
    depth--;
  }

  SourceLines lines() {
    return lines;
  }

  ModelImportException unreadable(String what) {
    return lines.unreadable(peek().line(), what);
  }
}
