package dev.axiomml.interop.onnx.proto;

import static dev.axiomml.interop.onnx.proto.FieldContent.BYTES;
import static dev.axiomml.interop.onnx.proto.FieldContent.NARROW;
import static dev.axiomml.interop.onnx.proto.MessageField.choice;
import static dev.axiomml.interop.onnx.proto.MessageField.once;
import static dev.axiomml.interop.onnx.proto.MessageField.unused;

/** The type of a value. */
public final class TypeProto extends OnnxMessage {
  static final MessageForm<TypeProto> FORM =
      MessageForm.of(
          "TypeProto",
          TypeProto::new,
          choice(1, "tensor_type", () -> TensorType.FORM),
          choice(4, "sequence_type", () -> WrappingType.FORM),
          choice(5, "map_type", BYTES),
          unused(6, "denotation"),
          choice(7, "opaque_type", BYTES),
          choice(8, "sparse_tensor_type", BYTES),
          choice(9, "optional_type", () -> WrappingType.FORM));

  private TypeProto(FieldValues values) {
    super(values);
  }

  /** No type at all. */
  public static TypeProto getDefaultInstance() {
    return FORM.empty();
  }

  /** A dense tensor's type. */
  public static TypeProto of(int elemType, TensorShapeProto shape) {
    TensorType tensor =
        new TensorType(TensorType.FORM.empty().values().with(1, (long) elemType).with(2, shape));
    return new TypeProto(FORM.empty().values().with(1, tensor));
  }

  /** A dense tensor's type, its shape left open. */
  public static TypeProto of(int elemType) {
    TensorType tensor = new TensorType(TensorType.FORM.empty().values().with(1, (long) elemType));
    return new TypeProto(FORM.empty().values().with(1, tensor));
  }

  public boolean hasTensorType() {
    return has(1);
  }

  public TensorType getTensorType() {
    return message(1, TensorType.FORM);
  }

  public boolean hasSequenceType() {
    return has(4);
  }

  public WrappingType getSequenceType() {
    return message(4, WrappingType.FORM);
  }

  public boolean hasOptionalType() {
    return has(9);
  }

  public WrappingType getOptionalType() {
    return message(9, WrappingType.FORM);
  }

  /** A dense tensor. */
  public static final class TensorType extends OnnxMessage {
    static final MessageForm<TensorType> FORM =
        MessageForm.of(
            "TypeProto.Tensor",
            TensorType::new,
            once(1, "elem_type", NARROW),
            once(2, "shape", () -> TensorShapeProto.FORM));

    private TensorType(FieldValues values) {
      super(values);
    }

    public int getElemType() {
      return (int) whole(1);
    }

    public boolean hasShape() {
      return has(2);
    }

    public TensorShapeProto getShape() {
      return message(2, TensorShapeProto.FORM);
    }
  }

  /** Any number of values of one type, or a value and nothing. */
  public static final class WrappingType extends OnnxMessage {
    static final MessageForm<WrappingType> FORM =
        MessageForm.of(
            "a sequence or optional type",
            WrappingType::new,
            once(1, "elem_type", () -> TypeProto.FORM));

    private WrappingType(FieldValues values) {
      super(values);
    }

    public TypeProto getElemType() {
      return message(1, TypeProto.FORM);
    }
  }
}
