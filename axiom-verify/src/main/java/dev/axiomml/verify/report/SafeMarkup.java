package dev.axiomml.verify.report;

/** HTML that is put together so that no text can become markup. */
final class SafeMarkup {
  private final StringBuilder html = new StringBuilder();

  /** Text, escaped. */
  SafeMarkup text(String text) {
    text.codePoints().forEach(this::character);
    return this;
  }

  private void character(int c) {
    switch (c) {
      case '&' -> html.append("&amp;");
      case '<' -> html.append("&lt;");
      case '>' -> html.append("&gt;");
      case '"' -> html.append("&quot;");
      case '\'' -> html.append("&#39;");
      default -> html.appendCodePoint(isAllowed(c) ? c : 0xfffd);
    }
  }

  /** Control characters and lone surrogates have no place in a page. */
  private static boolean isAllowed(int c) {
    boolean control = c < 0x20 ? c != '\n' && c != '\t' : c >= 0x7f && c < 0xa0;
    boolean surrogate = c >= 0xd800 && c < 0xe000;
    return !control && !surrogate && (c & 0xfffe) != 0xfffe;
  }

  /** Markup of our own, as it is. */
  SafeMarkup raw(String markup) {
    html.append(markup);
    return this;
  }

  /** An element around text. */
  SafeMarkup element(String tag, String text) {
    return raw("<" + tag + ">").text(text).raw("</" + name(tag) + ">");
  }

  private static String name(String tag) {
    int end = tag.indexOf(' ');
    return end < 0 ? tag : tag.substring(0, end);
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
