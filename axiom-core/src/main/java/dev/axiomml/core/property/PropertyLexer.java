package dev.axiomml.core.property;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts the text of a property into tokens, each with its place; ASCII and mathematical spellings
 * become one.
 */
final class PropertyLexer {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:([0-9]*\\.?[0-9]+(?:[eE][+-]?[0-9]+)?)|(forall\\s+x\\b|∀\\s*x\\b)|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|==|~=|[-+*().,\\[\\]<>≤≥≈∧∨⇒∈∀]))");
  private static final Pattern INPUT =
      Pattern.compile("\\s*(?:\"([^\"]+)\"|([^\\s=,∈\"]+))\\s*(=(?!=)|∈|in\\b)");
  private static final Pattern ARRAY =
      Pattern.compile("\\s*@([^,]*?\\.npy(?=\\s*(?:[,.]|$))|[^,\\s]*)");
  private static final Map<String, String> SPELLINGS =
      Map.of(
          "≤", "<=", "≥", ">=", "≈", "~=", "∧", "and", "∨", "or", "⇒", "implies", "∈", "in", "−",
          "-");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();

  /**
   * A word, number or sign.
   *
   * @param at its first character in the text
   */
  record Token(String word, int at) {
    boolean isNumber() {
      return !word.isEmpty()
          && (Character.isDigit(word.charAt(0)) || (word.charAt(0) == '.' && word.length() > 1));
    }

    boolean isName() {
      return !word.isEmpty() && (Character.isLetter(word.charAt(0)) || word.charAt(0) == '_');
    }
  }

  private PropertyLexer(String text) {
    this.text = text;
  }

  static List<Token> of(String text) {
    return new PropertyLexer(text).run();
  }

  private List<Token> run() {
    int at = 0;
    while (at < text.length() && !text.substring(at).isBlank()) {
      at = next(at);
    }
    tokens.add(new Token("", text.length()));
    return tokens;
  }

  private int next(int at) {
    int raw = Math.max(path(at), Math.max(input(at), array(at)));
    if (raw > at) {
      return raw;
    }
    Matcher matcher = TOKEN.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw error(text, start(at), unexpected(text.charAt(start(at))));
    }
    int group =
        matcher.start(1) >= 0 ? 1 : matcher.start(2) >= 0 ? 2 : matcher.start(3) >= 0 ? 3 : 4;
    String word =
        group == 2 ? "∀x" : SPELLINGS.getOrDefault(matcher.group(group), matcher.group(group));
    tokens.add(new Token(word, matcher.start(group)));
    return matcher.end();
  }

  /**
   * A file path stands after {@code linf(}, {@code l2(} or {@code l1(} and ends before the last
   * comma of the bracket.
   */
  private int path(int at) {
    int last = tokens.size() - 1;
    boolean ball =
        last >= 1
            && tokens.get(last).word().equals("(")
            && tokens.get(last - 1).word().matches("linf|l2|l1");
    int comma =
        ball ? text.lastIndexOf(',', text.indexOf(')', at) < 0 ? at : text.indexOf(')', at)) : -1;
    if (comma <= at) {
      return at;
    }
    tokens.add(new Token(text.substring(at, comma).strip(), at));
    return comma;
  }

  /**
   * An input's name stands behind {@code with}, or behind a comma before {@code =} or {@code in};
   * it has any letters, in quotes also blanks. Its sign is read with it.
   */
  private int input(int at) {
    boolean open = last().equals("with") || (last().equals(",") && isNaming());
    Matcher matcher = INPUT.matcher(text).region(at, text.length());
    if (!open || !matcher.lookingAt()) {
      return at;
    }
    int quoted = matcher.start(1) >= 0 ? 1 : 2;
    tokens.add(new Token(matcher.group(quoted), matcher.start(quoted)));
    tokens.add(new Token(matcher.group(3).equals("=") ? "=" : "in", matcher.start(3)));
    return matcher.end();
  }

  private boolean isNaming() {
    return tokens.stream().anyMatch(token -> token.word().equals("with"));
  }

  private String last() {
    return tokens.isEmpty() ? "" : tokens.get(tokens.size() - 1).word();
  }

  /** A file stands behind {@code = @} and ends with the list, its comma, or the region's dot. */
  private int array(int at) {
    Matcher matcher = ARRAY.matcher(text).region(at, text.length());
    if (!last().equals("=") || !matcher.lookingAt()) {
      return at;
    }
    tokens.add(new Token("@" + matcher.group(1).strip(), matcher.start(1) - 1));
    return matcher.end();
  }

  private int start(int at) {
    int start = at;
    while (Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    return start;
  }

  private static String unexpected(char sign) {
    return "unexpected sign " + sign + (sign == '=' ? "; did you mean \"==\"?" : "");
  }

  static PropertyException error(String text, int at, String what) {
    return new PropertyException(
        new Diagnosis(
            what,
            place(text, at),
            "a claim is: [∀x [∈ [low, high]] [with input = value].] formula, e.g. ∀x ∈ [0, 1]."
                + " no_nan(output)",
            "see axiom verify --help for all words"));
  }

  /** The text with a mark below a place in it. */
  static String place(String text, int at) {
    return text + "\n         " + " ".repeat(Math.max(0, at)) + "^";
  }
}
