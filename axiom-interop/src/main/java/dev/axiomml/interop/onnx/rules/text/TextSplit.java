package dev.axiomml.interop.onnx.rules.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a text apart.
 *
 * @param delimiter what stands between the parts; empty for any run of white space, which makes no
 *     empty parts
 * @param most how many times at most, the rest being the last part
 */
record TextSplit(String delimiter, long most) {
  private static final char NEXT_LINE = 0x85;

  List<String> of(String text) {
    return delimiter.isEmpty() ? words(text) : parts(text);
  }

  private List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    int end = text.indexOf(delimiter);
    while (end >= 0 && parts.size() < most) {
      parts.add(text.substring(start, end));
      start = end + delimiter.length();
      end = text.indexOf(delimiter, start);
    }
    parts.add(text.substring(start));
    return parts;
  }

  private List<String> words(String text) {
    int last = text.length();
    while (last > 0 && isWhite(text.charAt(last - 1))) {
      last--;
    }
    String trimmed = text.substring(0, last);
    List<String> words = new ArrayList<>();
    int start = end(trimmed, 0, true);
    while (start < last) {
      int end = words.size() < most ? end(trimmed, start, false) : last;
      words.add(trimmed.substring(start, end));
      start = end(trimmed, end, true);
    }
    return words;
  }

  /** Where a run of white space, or of anything else, ends. */
  private static int end(String text, int start, boolean white) {
    int end = start;
    while (end < text.length() && white == isWhite(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isWhite(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
  }
}
