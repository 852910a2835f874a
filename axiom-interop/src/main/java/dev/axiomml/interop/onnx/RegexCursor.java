package dev.axiomml.interop.onnx;

/** A place in a regular expression that is being read. */
final class RegexCursor {
  private static final int LARGEST = 1_000_000;
  private static final int FIRST_CONTROL = 7;
  private static final String CONTROLS = "abtnvfr"; // the code points 7 to 13

  private final String pattern;
  private int at;

  RegexCursor(String pattern) {
    this.pattern = pattern;
  }

  boolean ends() {
    return at >= pattern.length();
  }

  int place() {
    return at;
  }

  void back(int place) {
    at = place;
  }

  int peek() {
    return pattern.codePointAt(at);
  }

  int next() {
    if (ends()) {
      throw bad("an end too early");
    }
    int rune = peek();
    at += Character.charCount(rune);
    return rune;
  }

  /** Whether a text stands here, which is passed over then. */
  boolean skips(String text) {
    boolean here = pattern.startsWith(text, at);
    at += here ? text.length() : 0;
    return here;
  }

  void expect(String text) {
    if (!skips(text)) {
      throw bad("no " + text + " where one belongs");
    }
  }

  /** Digits; −1 where there are none. */
  int number() {
    int number = -1;
    while (!ends() && Runes.DIGIT.test(peek())) {
      number = Math.min(LARGEST, Math.max(0, number) * 10 + next() - '0');
    }
    return number;
  }

  /** The rest of a group's name. */
  void name() {
    int start = at;
    while (!ends() && Runes.WORD.test(peek())) {
      next();
    }
    if (at == start) {
      throw bad("a group without a name (there is no look-behind)");
    }
    expect(">");
  }

  /** The code point that stands after a backslash. */
  int escaped() {
    int c = next();
    if (c != 'b' && CONTROLS.indexOf(c) >= 0) {
      return FIRST_CONTROL + CONTROLS.indexOf(c);
    }
    if (c == 'x') {
      return hexadecimal();
    }
    boolean octal = c == '0' || (octal(c) && !ends() && octal(peek()));
    if (octal) {
      return octal(c - '0', 2);
    }
    if (c > 0x7F || Runes.WORD.test(c)) {
      throw bad("\\" + Character.toString(c) + ", which is not read here,", at - 1);
    }
    return c;
  }

  private static boolean octal(int c) {
    return '0' <= c && c <= '7';
  }

  private int octal(int first, int more) {
    int rune = first;
    for (int i = 0; i < more && !ends() && octal(peek()); i++) {
      rune = rune * 8 + next() - '0';
    }
    return rune;
  }

  private int hexadecimal() {
    boolean braces = skips("{");
    int end = braces ? pattern.indexOf('}', at) : at + 2;
    if (end <= at || end > pattern.length() || end - at > 8) {
      throw bad("a bad number of a code point");
    }
    int rune = 0;
    while (at < end) {
      int digit = Character.digit(next(), 16);
      rune = digit < 0 ? Integer.MIN_VALUE : rune * 16 + digit;
      if (!Character.isValidCodePoint(rune)) {
        throw bad("a bad number of a code point");
      }
    }
    at += braces ? 1 : 0;
    return rune;
  }

  IllegalArgumentException bad(String what) {
    return bad(what, at);
  }

  IllegalArgumentException bad(String what, int place) {
    return new IllegalArgumentException("pattern has " + what + " at position " + place);
  }
}
