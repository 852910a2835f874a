package dev.axiomml.interop.onnx.proto;

import static dev.axiomml.interop.onnx.proto.FieldContent.TEXT;
import static dev.axiomml.interop.onnx.proto.MessageField.once;
import static dev.axiomml.interop.onnx.proto.MessageField.unused;

/** A value with its name and type. */
public final class ValueInfoProto extends OnnxMessage {
  static final MessageForm<ValueInfoProto> FORM =
      MessageForm.of(
          "ValueInfoProto",
          ValueInfoProto::new,
          once(1, "name", TEXT),
          once(2, "type", () -> TypeProto.FORM),
          unused(3, "doc_string"),
          unused(4, "metadata_props"));

  private ValueInfoProto(FieldValues values) {
    super(values);
  }

  /** A value of a type. */
  public static ValueInfoProto of(String name, TypeProto type) {
    return new ValueInfoProto(FORM.empty().values().with(1, name).with(2, type));
  }

  public String getName() {
    return text(1);
  }

  public boolean hasType() {
    return has(2);
  }

  public TypeProto getType() {
    return message(2, TypeProto.FORM);
  }
}
