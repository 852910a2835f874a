package dev.axiomml.interop.vnnlib;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;

/**
 * The words and brackets of a text, one after another, comments left out.
 *
 * <p>A place is counted only where something is refused.
 */
final class VnnTokens {
  private static final String BRACKETS = "()[],";

  /** What stands at the end of a text. */
  static final String END = "";

  private final String text;
  private final String file;
  private int start;
  private int end;
  private String token = END;

  /** The tokens of a text; the first one is current. */
  VnnTokens(String text, String file) {
    this.text = text;
    this.file = file;
    advance();
  }

  /** The name of the file. */
  String file() {
    return file;
  }

  /** The current token: a bracket, a comma, a word, a text in quotes, or {@link #END}. */
  String current() {
    return token;
  }

  /** Where the current token begins. */
  int position() {
    return start;
  }

  /** The current token, behind which the next becomes current. */
  String take() {
    String taken = token;
    advance();
    return taken;
  }

  boolean isAt(String expected) {
    return token.equals(expected);
  }

  /** Takes a bracket with the word behind it, where both stand here. */
  boolean opens(String word) {
    int at = skipped(end);
    int behind = at + word.length();
    boolean opens =
        isAt("(")
            && text.startsWith(word, at)
            && (behind == text.length() || !isWord(text.charAt(behind)));
    if (opens) {
      advance();
      advance();
    }
    return opens;
  }

  /** Takes what has to stand here. */
  void expect(String expected) {
    if (!isAt(expected)) {
      throw unexpected("\"" + expected + "\"");
    }
    advance();
  }

  private void advance() {
    start = skipped(end);
    if (start == text.length()) {
      end = start;
      token = END;
      return;
    }
    char first = text.charAt(start);
    end = start + 1;
    if (first == '"') {
      quoted();
    } else if (BRACKETS.indexOf(first) < 0) {
      while (end < text.length() && isWord(text.charAt(end))) {
        end++;
      }
    }
    token = end - start == 1 ? String.valueOf(first) : text.substring(start, end);
  }

  private int skipped(int from) {
    int at = from;
    boolean comment = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      comment = comment ? c != '\n' : c == ';';
      if (!comment && !isSpace(c)) {
        break;
      }
      at++;
    }
    return at;
  }

  private void quoted() {
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= text.length()) {
      throw refused(start, "a text in quotes without its end", "\" ends it", "add the quote");
    }
    end++;
  }

  private static boolean isWord(char c) {
    return !isSpace(c) && c != '"' && c != ';' && BRACKETS.indexOf(c) < 0;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }

  /** A refusal of the current token. */
  ModelImportException unexpected(String expected) {
    String found = token.equals(END) ? "the text ends" : "\"" + token + "\"";
    return refused(
        start,
        found + " where " + expected + " is expected",
        "VNN-LIB's grammar asks for " + expected + " here",
        "write " + expected + ", or look for a bracket too much or too few before it");
  }

  /** A refusal of what stands at a position. */
  ModelImportException refused(int position, String what, String why, String fix) {
    return new ModelImportException(
        new Diagnosis(
            FilePlace.shown(what), place(position), FilePlace.shown(why), FilePlace.shown(fix)));
  }

  private String place(int position) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < position; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return file + " › line " + line + ", column " + (position - lineStart + 1);
  }
}
