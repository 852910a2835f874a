package dev.axiomml.interop.onnx.proto;

/** The content of a field, with its form on the wire. */
enum FieldContent {
  /** {@code int64}, {@code uint64}: a {@code Long}, many are a {@code WholeList}. */
  WHOLE(WireReader.VARINT),
  /** {@code int32}, enums: the same, refused where more than 32 bits are set. */
  NARROW(WireReader.VARINT),
  /** {@code float}: a {@code Float}, many are a {@code FloatList}. */
  FLOAT(WireReader.FIXED32),
  /** {@code double}: a {@code Double}, many are a {@code DoubleList}. */
  DOUBLE(WireReader.FIXED64),
  /** {@code string}, and {@code bytes} that hold texts: a {@code String}, UTF-8 on the wire. */
  TEXT(WireReader.BLOCK),
  /** {@code bytes}, and messages that are kept unread: a read-only {@code ByteBuffer}, in place. */
  BYTES(WireReader.BLOCK),
  /** Another message. */
  MESSAGE(WireReader.BLOCK),
  /** Known, and of no meaning for what a model computes: skipped. */
  UNUSED(-1);

  private final int wire;

  FieldContent(int wire) {
    this.wire = wire;
  }

  /** The wire type of one value. */
  int wire() {
    return wire;
  }

  /** Whether many of them may stand in one block. */
  boolean packs() {
    return wire >= 0 && wire != WireReader.BLOCK;
  }
}
