package dev.axiomml.interop.pytorch.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Takes source text apart; blocks are known by their indentation, as in Python. */
final class ScriptLexer {
  private static final int DEEPEST = 100;
  private static final String SIGNS = "()[]{},.:=-><+*/%&|^~!@;";

  private final SourceLines lines;
  private final String text;
  private final List<ScriptToken> tokens = new ArrayList<>();
  private final Deque<Integer> indents = new ArrayDeque<>(List.of(0));
  private int at;
  private int line = 1;
  private int brackets;

  private ScriptLexer(SourceLines lines) {
    this.lines = lines;
    this.text = lines.text();
  }

  static List<ScriptToken> tokens(SourceLines lines) {
    ScriptLexer lexer = new ScriptLexer(lines);
    lexer.read();
    return lexer.tokens;
  }

  private void read() {
    boolean fresh = true;
    while (at < text.length()) {
      if (fresh) {
        indent();
      }
      fresh = at == text.length() || next(); // the last line may be spaces only
    }
    endLine();
    level(0);
    add(ScriptToken.Kind.END, "end of file");
  }

  /** The indentation of a line that is not empty. */
  private void indent() {
    int start = at;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    boolean empty = at == text.length() || "\r\n#".indexOf(text.charAt(at)) >= 0;
    if (!empty) {
      level(at - start);
    }
  }

  private void level(int width) {
    if (width > indents.element()) {
      indents.push(width);
      add(ScriptToken.Kind.INDENT, "indentation");
    }
    while (width < indents.element()) {
      indents.pop();
      add(ScriptToken.Kind.DEDENT, "end of block");
    }
    if (width != indents.element() || indents.size() > DEEPEST) {
      throw lines.unreadable(line, "indentation of " + width);
    }
  }

  /** Reads one token; answers whether a new logical line begins. */
  private boolean next() {
    char c = text.charAt(at);
    if (c == '\n') {
      return newline();
    }
    if (c == ' ' || c == '\t' || c == '\r') {
      at++;
    } else if (c == '#') {
      at = endOfLine();
    } else if (Character.isJavaIdentifierStart(c) && c != '$') {
      word();
    } else if (isNumber()) {
      number();
    } else if (c == '"' || c == '\'') {
      add(ScriptToken.Kind.TEXT, quoted(c));
    } else {
      sign(c);
    }
    return false;
  }

  private boolean newline() {
    if (brackets == 0) {
      endLine();
    }
    at++;
    line++;
    return brackets == 0;
  }

  private void endLine() {
    if (!tokens.isEmpty() && tokens.get(tokens.size() - 1).kind() != ScriptToken.Kind.LINE) {
      add(ScriptToken.Kind.LINE, "end of line");
    }
  }

  private int endOfLine() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private void word() {
    int start = at;
    while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
    add(ScriptToken.Kind.NAME, text.substring(start, at));
  }

  private boolean isNumber() {
    boolean point = text.charAt(at) == '.' && at + 1 < text.length();
    return isDigit(point ? at + 1 : at);
  }

  private boolean isDigit(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  private void number() {
    int start = at;
    digits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      at += at < text.length() && "+-".indexOf(text.charAt(at)) >= 0 ? 1 : 0;
      digits();
    }
    add(ScriptToken.Kind.NUMBER, text.substring(start, at));
  }

  private void digits() {
    while (isDigit(at)) {
      at++;
    }
  }

  private String quoted(char quote) {
    StringBuilder out = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != quote; at++) {
      char c = text.charAt(at);
      if (c == '\n') {
        throw lines.unreadable(line, "text without an end");
      }
      out.append(c == '\\' ? escaped() : c);
    }
    if (at++ >= text.length()) {
      throw lines.unreadable(line, "text without an end");
    }
    return out.toString();
  }

  private char escaped() {
    at++;
    char c = at < text.length() ? text.charAt(at) : '?';
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      default -> c;
    };
  }

  private void sign(char c) {
    if (SIGNS.indexOf(c) < 0) {
      throw lines.unreadable(line, "character " + (int) c);
    }
    brackets += "([{".indexOf(c) >= 0 ? 1 : 0;
    brackets -= ")]}".indexOf(c) >= 0 ? 1 : 0;
    if (brackets < 0) {
      throw lines.unreadable(line, "a bracket that nothing opens");
    }
    at++;
    add(ScriptToken.Kind.SIGN, String.valueOf(c));
  }

  private void add(ScriptToken.Kind kind, String word) {
    tokens.add(new ScriptToken(kind, word, line));
  }
}
