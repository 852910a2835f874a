package dev.axiomml.interop.onnx.proto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Protobuf's primitives, read one after the other from bytes that stay where they are. Every length
 * is compared with the bytes that are left before anything is made of it.
 */
final class WireReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BLOCK = 2;
  static final int FIXED32 = 5;

  private static final int TYPE_BITS = 3;
  private static final int VARINT_BITS = 7;
  private static final int LONGEST = 64;

  private final ByteBuffer bytes;

  /** Reads from the position to the limit of bytes, which keep both. */
  WireReader(ByteBuffer bytes) {
    this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  boolean atEnd() {
    return !bytes.hasRemaining();
  }

  int remaining() {
    return bytes.remaining();
  }

  /** A field's number, shifted, and its wire type. */
  int tag() throws WireFormatException {
    long tag = varint();
    if (tag >>> TYPE_BITS == 0 || tag != (int) tag) {
      throw WireFormatException.damaged("a field of number " + (tag >>> TYPE_BITS));
    }
    return (int) tag;
  }

  static int number(int tag) {
    return tag >>> TYPE_BITS;
  }

  static int type(int tag) {
    return tag & (1 << TYPE_BITS) - 1;
  }

  static int tag(int number, int type) {
    return number << TYPE_BITS | type;
  }

  long varint() throws WireFormatException {
    long value = 0;
    for (int shift = 0; shift < LONGEST; shift += VARINT_BITS) {
      require(1);
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw WireFormatException.damaged("a whole number of more than ten bytes");
  }

  int fixed32() throws WireFormatException {
    require(Integer.BYTES);
    return bytes.getInt();
  }

  long fixed64() throws WireFormatException {
    require(Long.BYTES);
    return bytes.getLong();
  }

  /** Bytes with their length before them, in place. */
  ByteBuffer block() throws WireFormatException {
    long length = varint();
    if (length < 0 || length > bytes.remaining()) {
      throw WireFormatException.damaged(
          "a length of %s where %d bytes are left"
              .formatted(Long.toUnsignedString(length), bytes.remaining()));
    }
    ByteBuffer block = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return block;
  }

  String text() throws WireFormatException {
    ByteBuffer block = block();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(block).toString();
    } catch (CharacterCodingException e) {
      throw WireFormatException.damaged("a text that is not UTF-8");
    }
  }

  void skip(int type) throws WireFormatException {
    switch (type) {
      case VARINT -> varint();
      case FIXED64 -> fixed64();
      case BLOCK -> block();
      case FIXED32 -> fixed32();
      default -> throw WireFormatException.damaged("wire type " + type + ", not used by ONNX");
    }
  }

  private void require(int count) throws WireFormatException {
    if (bytes.remaining() < count) {
      throw WireFormatException.damaged("a message ends within a field");
    }
  }
}
