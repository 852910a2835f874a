package dev.axiomml.interop.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.axiomml.interop.onnx.schema.OnnxSchema.TensorProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The raw bytes of tensors, left in the mapped file while the messages around them are parsed: a
 * large {@code raw_data} is taken out of the stream and its tensor told where it lies.
 */
final class RawBytes {
  private static final int LARGE = 4096;
  private static final int DEPTH = 200;

  /** A field that {@code onnx.proto} does not have: position and length in the file. */
  private static final int PLACE = 100_001;

  private static final int POSITION_BITS = 32;

  private enum Message {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    FUNCTION;

    /** What a field of this message is, where tensors are reached through it. */
    Optional<Message> inside(int field) {
      return Optional.ofNullable(
          switch (this) {
            case MODEL -> Map.of(7, GRAPH, 25, FUNCTION).get(field);
            case GRAPH -> Map.of(1, NODE, 5, TENSOR).get(field);
            case NODE -> Map.of(5, ATTRIBUTE).get(field);
            case ATTRIBUTE -> Map.of(5, TENSOR, 6, GRAPH, 10, TENSOR, 11, GRAPH).get(field);
            case FUNCTION -> Map.of(7, NODE, 11, ATTRIBUTE).get(field);
            case TENSOR -> null;
          });
    }
  }

  private final ByteBuffer file;

  RawBytes(ByteBuffer file) {
    this.file = file;
  }

  /** Where no file is: every tensor carries its own bytes. */
  static RawBytes inline() {
    return new RawBytes(ByteBuffer.allocate(0));
  }

  /** The bytes of a tensor, where it has raw ones. */
  Optional<ByteBuffer> of(TensorProto tensor) {
    List<Long> places = tensor.getUnknownFields().getField(PLACE).getFixed64List();
    if (places.isEmpty() || file.capacity() == 0) {
      return Optional.of(tensor)
          .filter(TensorProto::hasRawData)
          .map(with -> with.getRawData().asReadOnlyByteBuffer());
    }
    long place = places.get(places.size() - 1);
    return Optional.of(file.slice((int) (place >>> POSITION_BITS), (int) place));
  }

  /** A model's message without large raw bytes. */
  ByteString abridged(InputStream model) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(model);
    in.pushLimit(file.capacity());
    return message(Message.MODEL, in, 0);
  }

  private static ByteString message(Message kind, CodedInputStream in, int depth)
      throws IOException {
    if (depth > DEPTH) {
      throw new InvalidProtocolBufferException("messages are nested too deeply");
    }
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    while (!in.isAtEnd()) {
      int tag = in.readTag();
      int field = WireFormat.getTagFieldNumber(tag);
      Optional<Message> inside = kind.inside(field);
      if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        number(field, tag, in, out);
      } else if (inside.isPresent()) {
        int around = in.pushLimit(in.readRawVarint32());
        out.writeBytes(field, message(inside.get(), in, depth + 1));
        in.popLimit(around);
      } else if (kind == Message.TENSOR && field == TensorProto.RAW_DATA_FIELD_NUMBER) {
        raw(in, out);
      } else {
        out.writeBytes(field, in.readBytes());
      }
    }
    if (in.getBytesUntilLimit() != 0) {
      throw new InvalidProtocolBufferException("a message ends before its length");
    }
    out.flush();
    return bytes.toByteString();
  }

  private static void number(int field, int tag, CodedInputStream in, CodedOutputStream out)
      throws IOException {
    switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> out.writeUInt64(field, in.readUInt64());
      case WireFormat.WIRETYPE_FIXED32 -> out.writeFixed32(field, in.readFixed32());
      case WireFormat.WIRETYPE_FIXED64 -> {
        long value = in.readFixed64();
        if (field != PLACE) {
          out.writeFixed64(field, value);
        }
      }
      default -> throw new InvalidProtocolBufferException("a group, which ONNX does not use");
    }
  }

  private static void raw(CodedInputStream in, CodedOutputStream out) throws IOException {
    int length = in.readRawVarint32();
    if (length >= LARGE) {
      long position = in.getTotalBytesRead();
      in.skipRawBytes(length);
      out.writeFixed64(PLACE, position << POSITION_BITS | length);
    } else {
      out.writeByteArray(
          TensorProto.RAW_DATA_FIELD_NUMBER, in.readRawBytes(length)); // refuses what is negative
    }
  }
}
