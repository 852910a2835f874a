package dev.axiomml.core.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * NumPy's text elements: {@code U} with four bytes for each code point, {@code S} with UTF-8; all
 * elements as wide as the widest, zeros behind the shorter ones.
 */
final class NpyText {
  private static final int POINT = 4;

  private NpyText() {}

  /** Whether a type code is one of text: {@code U12}, {@code S5}. */
  static boolean isText(String code) {
    return code.matches("[US][1-9][0-9]{0,7}");
  }

  /** Bytes of an element of a type code. */
  static int bytes(String code) {
    int width = Integer.parseInt(code.substring(1));
    return code.startsWith("U") ? POINT * width : width;
  }

  /**
   * The texts of a file's data.
   *
   * @throws IllegalArgumentException for what is neither a code point nor UTF-8
   */
  static String[] read(ByteBuffer data, String code, int count) {
    int bytes = bytes(code);
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      ByteBuffer element = data.slice(i * bytes, bytes).order(data.order());
      texts[i] = code.startsWith("U") ? points(element) : utf8(element);
    }
    return texts;
  }

  private static String points(ByteBuffer element) {
    StringBuilder text = new StringBuilder();
    while (element.hasRemaining()) {
      int point = element.getInt();
      if (!Character.isValidCodePoint(point)) {
        throw new IllegalArgumentException(Integer.toUnsignedString(point) + " is no character");
      }
      text.appendCodePoint(point);
    }
    return stripped(text);
  }

  private static String utf8(ByteBuffer element) {
    try {
      return stripped(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(element));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("bytes that are no UTF-8 text", e);
    }
  }

  private static String stripped(CharSequence text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\0') {
      end--;
    }
    return text.subSequence(0, end).toString();
  }

  /**
   * The type code that holds a tensor's texts.
   *
   * @throws IllegalArgumentException for a text that ends in U+0000, which the format would drop
   */
  static String code(Tensor texts) {
    int width = 1;
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.textAt(i);
      if (text.endsWith("\0")) {
        throw new IllegalArgumentException("text " + i + " ends in U+0000, which .npy drops");
      }
      width = Math.max(width, text.codePointCount(0, text.length()));
    }
    return "U" + width;
  }

  /** A tensor's texts as the data of a file with its {@link #code}, little-endian. */
  static ByteBuffer write(Tensor texts) {
    int bytes = bytes(code(texts));
    ByteBuffer data =
        ByteBuffer.allocate(Math.multiplyExact(bytes, texts.size())).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < texts.size(); i++) {
      data.position(i * bytes);
      texts.textAt(i).codePoints().forEach(data::putInt);
    }
    return data.rewind();
  }
}
