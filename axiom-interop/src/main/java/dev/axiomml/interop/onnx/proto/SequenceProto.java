package dev.axiomml.interop.onnx.proto;

import static dev.axiomml.interop.onnx.proto.FieldContent.BYTES;
import static dev.axiomml.interop.onnx.proto.FieldContent.NARROW;
import static dev.axiomml.interop.onnx.proto.FieldContent.TEXT;
import static dev.axiomml.interop.onnx.proto.MessageField.many;
import static dev.axiomml.interop.onnx.proto.MessageField.once;

import java.nio.ByteBuffer;
import java.util.List;

/** A list of values of one type, as test data holds it. */
public final class SequenceProto extends OnnxMessage {
  static final MessageForm<SequenceProto> FORM =
      MessageForm.of(
          "SequenceProto",
          SequenceProto::new,
          once(1, "name", TEXT),
          once(2, "elem_type", NARROW),
          many(3, "tensor_values", () -> TensorProto.FORM),
          many(4, "sparse_tensor_values", BYTES),
          many(5, "sequence_values", () -> SequenceProto.FORM),
          many(6, "map_values", BYTES),
          many(7, "optional_values", () -> OptionalProto.FORM));

  private SequenceProto(FieldValues values) {
    super(values);
  }

  /**
   * Reads one that stands alone.
   *
   * @throws WireFormatException when the bytes are none
   */
  public static SequenceProto parseFrom(ByteBuffer bytes) throws WireFormatException {
    return MessageReader.read(bytes, FORM);
  }

  public List<TensorProto> getTensorValuesList() {
    return list(3);
  }

  public List<SequenceProto> getSequenceValuesList() {
    return list(5);
  }
}
