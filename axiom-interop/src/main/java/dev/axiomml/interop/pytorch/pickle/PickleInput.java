package dev.axiomml.interop.pytorch.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read forward; whatever they promise is compared with what is there. */
final class PickleInput {
  private final ByteBuffer bytes;
  private final int start;

  PickleInput(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    this.start = bytes.position();
  }

  long offset() {
    return bytes.position() - (long) start;
  }

  boolean isEmpty() {
    return !bytes.hasRemaining();
  }

  int next(PickleLocation site) {
    return need(1, site).get() & 0xff;
  }

  int unsigned16(PickleLocation site) {
    return need(2, site).getShort() & 0xffff;
  }

  int signed32(PickleLocation site) {
    return need(4, site).getInt();
  }

  long unsigned32(PickleLocation site) {
    return need(4, site).getInt() & 0xffffffffL;
  }

  long signed64(PickleLocation site) {
    return need(8, site).getLong();
  }

  double bigEndianDouble(PickleLocation site) {
    return Double.longBitsToDouble(Long.reverseBytes(signed64(site)));
  }

  byte[] bytes(long length, PickleLocation site) {
    ByteBuffer from = need(length, site);
    byte[] copy = new byte[(int) length];
    from.get(copy);
    return copy;
  }

  String utf8(long length, PickleLocation site) {
    ByteBuffer part = need(length, site).slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      throw site.damaged("text of " + length + " bytes", "it is no UTF-8: " + e.getMessage());
    }
  }

  String latin1(long length, PickleLocation site) {
    return new String(bytes(length, site), StandardCharsets.ISO_8859_1);
  }

  /** The text before the next line end, at most a number of bytes long. */
  String line(int most, PickleLocation site) {
    int from = bytes.position();
    int end = from;
    while (end < bytes.limit() && bytes.get(end) != '\n') {
      end++;
      if (end - from > most) {
        throw site.damaged("a line longer than " + most + " bytes", "that is the length limit");
      }
    }
    if (end == bytes.limit()) {
      throw truncated(site, "a line that does not end");
    }
    String line = utf8(end - from, site);
    bytes.get();
    return line;
  }

  private ByteBuffer need(long length, PickleLocation site) {
    if (length < 0 || length > bytes.remaining()) {
      throw truncated(
          site, "a length of " + length + " bytes where " + bytes.remaining() + " are left");
    }
    return bytes;
  }

  private static RuntimeException truncated(PickleLocation site, String what) {
    return site.damaged(what, "the pickle is truncated, or it lies about a length");
  }
}
