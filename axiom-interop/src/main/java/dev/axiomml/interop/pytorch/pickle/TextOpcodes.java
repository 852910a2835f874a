package dev.axiomml.interop.pytorch.pickle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opcodes that push text and bytes. */
final class TextOpcodes {
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)");

  private TextOpcodes() {}

  static void utf8(PickleMachine m, long length) {
    m.push(new PyValue.Text(m.in().utf8(length, m.site())));
  }

  /** Python 2's strings, which may be text or bytes: one character a byte serves both. */
  static void latin1(PickleMachine m, long length) {
    m.push(new PyValue.Text(m.in().latin1(length, m.site())));
  }

  static void bytes(PickleMachine m, long length) {
    m.push(new PyValue.Bytes(m.in().bytes(length, m.site())));
  }

  static void quoted(PickleMachine m) {
    String line = m.in().line(Integer.MAX_VALUE - 8, m.site()).strip();
    char quote = line.isEmpty() ? ' ' : line.charAt(0);
    if (line.length() < 2 || "'\"".indexOf(quote) < 0 || line.charAt(line.length() - 1) != quote) {
      throw m.site().damaged("a string without quotes", "text was expected between quotes");
    }
    m.push(new PyValue.Text(unescaped(line.substring(1, line.length() - 1), m)));
  }

  static void rawUnicode(PickleMachine m) {
    String line = m.in().line(Integer.MAX_VALUE - 8, m.site());
    m.push(new PyValue.Text(line.contains("\\u") ? unescaped(line, m) : line));
  }

  private static String unescaped(String text, PickleMachine m) {
    StringBuilder plain = new StringBuilder();
    Matcher matcher = ESCAPE.matcher(text);
    while (matcher.find()) {
      matcher.appendReplacement(plain, Matcher.quoteReplacement(meant(matcher.group(1), m)));
    }
    return matcher.appendTail(plain).toString();
  }

  private static String meant(String escape, PickleMachine m) {
    if (escape.length() == 1) {
      int known = "nrt0".indexOf(escape);
      return known < 0 ? escape : String.valueOf("\n\r\t\0".charAt(known));
    }
    long point = Long.parseLong(escape.substring(1), 16);
    if (point > Character.MAX_CODE_POINT) {
      throw m.site().damaged("escape \\" + escape, "that is no character");
    }
    return Character.toString((int) point);
  }
}
