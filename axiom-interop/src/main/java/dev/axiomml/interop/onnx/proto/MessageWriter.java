package dev.axiomml.interop.onnx.proto;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes one message: fields in the order of their form, each length before what it measures. */
final class MessageWriter {
  private static final int BUFFER = 1 << 16;
  private static final int VARINT_BITS = 7;

  private final OnnxMessage whole;
  private final Map<Object, Long> sizes = new IdentityHashMap<>();

  MessageWriter(OnnxMessage whole) {
    this.whole = whole;
  }

  /** Writes it; nothing is written of one that a reader would refuse for its size. */
  void write(OutputStream out) throws IOException {
    if (size(whole) > Integer.MAX_VALUE) {
      throw new IOException("a message of " + size(whole) + " bytes, beyond 2 GiB");
    }
    BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
    fields(whole, buffered);
    buffered.flush();
  }

  private void fields(OnnxMessage message, OutputStream out) throws IOException {
    List<MessageField> fields = message.values().form().fields();
    for (int i = 0; i < fields.size(); i++) {
      Optional<Object> value = message.values().at(i);
      if (value.isPresent()) {
        field(fields.get(i), value.get(), out);
      }
    }
  }

  private void field(MessageField field, Object value, OutputStream out) throws IOException {
    if (!field.isList()) {
      tag(field, field.content().wire(), out);
      one(field, value, out);
      return;
    }
    boolean packed = field.times() == MessageField.Times.PACKED;
    if (packed) {
      tag(field, WireReader.BLOCK, out);
      varint(packed(field, (List<?>) value), out);
    }
    for (Object each : (List<?>) value) {
      if (!packed) {
        tag(field, field.content().wire(), out);
      }
      one(field, each, out);
    }
  }

  private void one(MessageField field, Object value, OutputStream out) throws IOException {
    switch (field.content()) {
      case WHOLE, NARROW -> varint((Long) value, out);
      case FLOAT -> fixed(Float.floatToRawIntBits((Float) value), Float.BYTES, out);
      case DOUBLE -> fixed(Double.doubleToRawLongBits((Double) value), Double.BYTES, out);
      case TEXT -> {
        byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
        varint(text.length, out);
        out.write(text);
      }
      case BYTES -> block(((ByteBuffer) value).duplicate(), out);
      case MESSAGE -> {
        varint(size((OnnxMessage) value), out);
        fields((OnnxMessage) value, out);
      }
      case UNUSED -> throw new AssertionError(field);
    }
  }

  private static void tag(MessageField field, int wire, OutputStream out) throws IOException {
    varint(WireReader.tag(field.number(), wire), out);
  }

  private static void varint(long value, OutputStream out) throws IOException {
    long left = value;
    for (; (left & ~0x7f) != 0; left >>>= VARINT_BITS) {
      out.write((int) ((left & 0x7f) | 0x80));
    }
    out.write((int) left);
  }

  private static void fixed(long value, int bytes, OutputStream out) throws IOException {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (Byte.SIZE * i)));
    }
  }

  private static void block(ByteBuffer bytes, OutputStream out) throws IOException {
    varint(bytes.remaining(), out);
    byte[] part = new byte[Math.min(bytes.remaining(), BUFFER)];
    while (bytes.hasRemaining()) {
      int length = Math.min(bytes.remaining(), part.length);
      bytes.get(part, 0, length);
      out.write(part, 0, length);
    }
  }

  private long size(OnnxMessage message) {
    Long known = sizes.get(message);
    if (known != null) {
      return known;
    }
    long size = 0;
    List<MessageField> fields = message.values().form().fields();
    for (int i = 0; i < fields.size(); i++) {
      MessageField field = fields.get(i);
      size += message.values().at(i).map(value -> size(field, value)).orElse(0L);
    }
    sizes.put(message, size);
    return size;
  }

  private long size(MessageField field, Object value) {
    long tag = varint(WireReader.tag(field.number(), 0));
    if (!field.isList()) {
      return tag + one(field, value);
    }
    List<?> list = (List<?>) value;
    long all = packed(field, list);
    return field.times() == MessageField.Times.PACKED
        ? tag + varint(all) + all
        : tag * list.size() + all;
  }

  private long packed(MessageField field, List<?> list) {
    return list.stream().mapToLong(each -> one(field, each)).sum();
  }

  private long one(MessageField field, Object value) {
    return switch (field.content()) {
      case WHOLE, NARROW -> varint((Long) value);
      case FLOAT -> Float.BYTES;
      case DOUBLE -> Double.BYTES;
      case TEXT -> delimited(((String) value).getBytes(StandardCharsets.UTF_8).length);
      case BYTES -> delimited(((ByteBuffer) value).remaining());
      case MESSAGE -> delimited(size((OnnxMessage) value));
      case UNUSED -> throw new AssertionError(field);
    };
  }

  private static long delimited(long length) {
    return varint(length) + length;
  }

  private static long varint(long value) {
    return Math.max(
        1, (Long.SIZE - Long.numberOfLeadingZeros(value) + VARINT_BITS - 1) / VARINT_BITS);
  }
}
