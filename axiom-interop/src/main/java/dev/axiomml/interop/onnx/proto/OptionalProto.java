package dev.axiomml.interop.onnx.proto;

import static dev.axiomml.interop.onnx.proto.FieldContent.BYTES;
import static dev.axiomml.interop.onnx.proto.FieldContent.NARROW;
import static dev.axiomml.interop.onnx.proto.FieldContent.TEXT;
import static dev.axiomml.interop.onnx.proto.MessageField.once;

import java.nio.ByteBuffer;

/** A value or none, as test data holds it. */
public final class OptionalProto extends OnnxMessage {
  static final MessageForm<OptionalProto> FORM =
      MessageForm.of(
          "OptionalProto",
          OptionalProto::new,
          once(1, "name", TEXT),
          once(2, "elem_type", NARROW),
          once(3, "tensor_value", () -> TensorProto.FORM),
          once(4, "sparse_tensor_value", BYTES),
          once(5, "sequence_value", () -> SequenceProto.FORM),
          once(6, "map_value", BYTES),
          once(7, "optional_value", () -> OptionalProto.FORM));

  private OptionalProto(FieldValues values) {
    super(values);
  }

  /**
   * Reads one that stands alone.
   *
   * @throws WireFormatException when the bytes are none
   */
  public static OptionalProto parseFrom(ByteBuffer bytes) throws WireFormatException {
    return MessageReader.read(bytes, FORM);
  }

  public boolean hasTensorValue() {
    return has(3);
  }

  public TensorProto getTensorValue() {
    return message(3, TensorProto.FORM);
  }

  public boolean hasSequenceValue() {
    return has(5);
  }

  public SequenceProto getSequenceValue() {
    return message(5, SequenceProto.FORM);
  }
}
