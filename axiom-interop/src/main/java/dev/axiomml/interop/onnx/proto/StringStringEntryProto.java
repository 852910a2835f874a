package dev.axiomml.interop.onnx.proto;

import static dev.axiomml.interop.onnx.proto.FieldContent.TEXT;
import static dev.axiomml.interop.onnx.proto.MessageField.once;

/** A key with its text. */
public final class StringStringEntryProto extends OnnxMessage {
  static final MessageForm<StringStringEntryProto> FORM =
      MessageForm.of(
          "StringStringEntryProto",
          StringStringEntryProto::new,
          once(1, "key", TEXT),
          once(2, "value", TEXT));

  private StringStringEntryProto(FieldValues values) {
    super(values);
  }

  /** A key and its text. */
  public static StringStringEntryProto of(String key, String value) {
    return new StringStringEntryProto(FORM.empty().values().with(1, key).with(2, value));
  }

  public String getKey() {
    return text(1);
  }

  public String getValue() {
    return text(2);
  }
}
