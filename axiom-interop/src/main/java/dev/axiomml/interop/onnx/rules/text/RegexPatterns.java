package dev.axiomml.interop.onnx.rules.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A regular expression in RE2's syntax, which ends in time linear in the text; the longest match
 * counts.
 *
 * <p>Repetitions are copies to RE2, and repetitions of repetitions multiply: an expression that
 * would become too large is refused before it is built.
 */
final class RegexPatterns {
  private static final double MOST = 20_000;
  private static final int DEEPEST = 200;

  private final Pattern pattern;

  private RegexPatterns(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * The pattern that a text says. @throws IllegalArgumentException when it says none, or one too
   * large
   */
  static RegexPatterns of(String text) {
    new Size(text).check();
    try {
      return new RegexPatterns(Pattern.compile(text, Pattern.LONGEST_MATCH));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("pattern " + text + ": " + e.getMessage(), e);
    }
  }

  /** Whether all of a text matches. */
  boolean matches(String text) {
    return pattern.matches(text);
  }

  /** The parts of a text that match, from left to right, none of them empty. */
  List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      parts.add(matcher.group());
    }
    parts.removeIf(String::isEmpty);
    return parts;
  }

  /** How many copies of characters an expression stands for, read once from left to right. */
  private static final class Size {
    private static final java.util.regex.Pattern COUNT =
        java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

    private final String text;
    private final Deque<Double> outer = new ArrayDeque<>();
    private double sum;
    private double last;
    private int at;

    Size(String text) {
      this.text = text;
    }

    void check() {
      while (at < text.length()) {
        step();
        if (sum > MOST || outer.size() > DEEPEST) {
          throw new IllegalArgumentException(
              "pattern %s… stands for more than %.0f characters, or is nested deeper than %d"
                  .formatted(text.substring(0, Math.min(60, text.length())), MOST, DEEPEST));
        }
      }
    }

    private void step() {
      switch (text.charAt(at)) {
        case '\\' -> atom(escaped());
        case '[' -> atom(bracketed());
        case '(' -> open();
        case ')' -> close();
        case '{' -> repeat();
        default -> atom(1);
      }
    }

    private void atom(int length) {
      last = Math.max(1, length);
      sum += last;
      at += length;
    }

    /** A letter behind a backslash, what its braces hold, or all that is quoted. */
    private int escaped() {
      boolean quotes = text.startsWith("\\Q", at);
      boolean braced = text.startsWith("{", at + 2) && "xpP".indexOf(text.charAt(at + 1)) >= 0;
      if (!quotes && !braced) {
        return 2;
      }
      String close = quotes ? "\\E" : "}";
      int end = text.indexOf(close, at);
      return (end < 0 ? text.length() : end + close.length()) - at;
    }

    /** A set of characters; a bracket right at its start belongs to it, and so do named sets. */
    private int bracketed() {
      int end = at + (text.startsWith("[^", at) ? 3 : 2);
      while (end < text.length() && text.charAt(end) != ']') {
        boolean named = text.startsWith("[:", end) && text.indexOf(":]", end) > 0;
        end = named ? text.indexOf(":]", end) + 2 : end + (text.charAt(end) == '\\' ? 2 : 1);
      }
      return Math.min(text.length(), end + 1) - at;
    }

    private void open() {
      outer.push(sum);
      sum = 0;
      last = 0;
      at++;
    }

    private void close() {
      last = sum + 2;
      sum = last + (outer.isEmpty() ? 0 : outer.pop());
      at++;
    }

    private void repeat() {
      java.util.regex.Matcher count = COUNT.matcher(text).region(at, text.length());
      if (!count.lookingAt()) {
        atom(1);
        return;
      }
      String most = count.group(2);
      double times = Double.parseDouble(most == null || most.isEmpty() ? count.group(1) : most);
      sum += last * Math.max(0, times - 1);
      last *= Math.max(1, times);
      at = count.end();
    }
  }
}
