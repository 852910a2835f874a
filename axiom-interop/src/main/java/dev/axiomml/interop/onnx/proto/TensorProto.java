package dev.axiomml.interop.onnx.proto;

import static dev.axiomml.interop.onnx.proto.FieldContent.BYTES;
import static dev.axiomml.interop.onnx.proto.FieldContent.DOUBLE;
import static dev.axiomml.interop.onnx.proto.FieldContent.FLOAT;
import static dev.axiomml.interop.onnx.proto.FieldContent.NARROW;
import static dev.axiomml.interop.onnx.proto.FieldContent.TEXT;
import static dev.axiomml.interop.onnx.proto.FieldContent.WHOLE;
import static dev.axiomml.interop.onnx.proto.MessageField.many;
import static dev.axiomml.interop.onnx.proto.MessageField.once;
import static dev.axiomml.interop.onnx.proto.MessageField.packed;
import static dev.axiomml.interop.onnx.proto.MessageField.unused;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A tensor: numbers inline, as raw little-endian bytes, or in a file beside the model. */
public final class TensorProto extends OnnxMessage {
  static final MessageForm<TensorProto> FORM =
      MessageForm.of(
          "TensorProto",
          TensorProto::new,
          many(1, "dims", WHOLE),
          once(2, "data_type", NARROW),
          once(3, "segment", BYTES),
          packed(4, "float_data", FLOAT),
          packed(5, "int32_data", NARROW),
          many(6, "string_data", TEXT),
          packed(7, "int64_data", WHOLE),
          once(8, "name", TEXT),
          once(9, "raw_data", BYTES),
          packed(10, "double_data", DOUBLE),
          packed(11, "uint64_data", WHOLE),
          unused(12, "doc_string"),
          many(13, "external_data", () -> StringStringEntryProto.FORM),
          once(14, "data_location", NARROW),
          unused(16, "metadata_props"));

  private static final WholeList NO_WHOLES = new WholeList(new long[0]);
  private static final FloatList NO_FLOATS = new FloatList(new float[0]);
  private static final DoubleList NO_DOUBLES = new DoubleList(new double[0]);

  private TensorProto(FieldValues values) {
    super(values);
  }

  /** A tensor's element type and sizes, without its elements. */
  public static TensorProto of(int dataType, int... sizes) {
    long[] dims = IntStream.of(sizes).asLongStream().toArray();
    return FORM.empty().with(1, new WholeList(dims)).with(2, (long) dataType);
  }

  /**
   * Reads one that stands alone; its raw bytes stay in the buffer.
   *
   * @throws WireFormatException when the bytes are none
   */
  public static TensorProto parseFrom(ByteBuffer bytes) throws WireFormatException {
    return MessageReader.read(bytes, FORM);
  }

  public WholeList getDimsList() {
    return value(1, WholeList.class).orElse(NO_WHOLES);
  }

  public int getDataType() {
    return (int) whole(2);
  }

  /** Whether it is a part of a larger tensor. */
  public boolean hasSegment() {
    return has(3);
  }

  public FloatList getFloatDataList() {
    return value(4, FloatList.class).orElse(NO_FLOATS);
  }

  public WholeList getInt32DataList() {
    return value(5, WholeList.class).orElse(NO_WHOLES);
  }

  public List<String> getStringDataList() {
    return list(6);
  }

  public WholeList getInt64DataList() {
    return value(7, WholeList.class).orElse(NO_WHOLES);
  }

  public String getName() {
    return text(8);
  }

  /** The raw bytes, little-endian, where they lie; empty where there are none. */
  public Optional<ByteBuffer> rawData() {
    return value(9, ByteBuffer.class).map(raw -> raw.duplicate().order(ByteOrder.LITTLE_ENDIAN));
  }

  public DoubleList getDoubleDataList() {
    return value(10, DoubleList.class).orElse(NO_DOUBLES);
  }

  public WholeList getUint64DataList() {
    return value(11, WholeList.class).orElse(NO_WHOLES);
  }

  public List<StringStringEntryProto> getExternalDataList() {
    return list(13);
  }

  /** 0 in the message, 1 in a file beside it. */
  public int getDataLocation() {
    return (int) whole(14);
  }

  private TensorProto with(int field, Object value) {
    return new TensorProto(values().with(field, value));
  }

  /** Under a name. */
  public TensorProto withName(String name) {
    return with(8, name);
  }

  /** With its elements as texts. */
  public TensorProto withStringData(List<String> texts) {
    return with(6, List.copyOf(texts));
  }

  /** With its elements as bytes, which no longer change. */
  public TensorProto withRawData(ByteBuffer bytes) {
    return with(9, bytes.asReadOnlyBuffer());
  }

  /** With its elements in a file beside the model. */
  public TensorProto withExternalData(List<StringStringEntryProto> place) {
    return with(13, List.copyOf(place)).with(14, 1L);
  }
}
