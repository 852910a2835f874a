package dev.axiomml.interop.onnx.proto;

import static dev.axiomml.interop.onnx.proto.FieldContent.TEXT;
import static dev.axiomml.interop.onnx.proto.FieldContent.WHOLE;
import static dev.axiomml.interop.onnx.proto.MessageField.once;

/** A domain with the version of its operators. */
public final class OperatorSetIdProto extends OnnxMessage {
  static final MessageForm<OperatorSetIdProto> FORM =
      MessageForm.of(
          "OperatorSetIdProto",
          OperatorSetIdProto::new,
          once(1, "domain", TEXT),
          once(2, "version", WHOLE));

  private OperatorSetIdProto(FieldValues values) {
    super(values);
  }

  /** A version of a domain. */
  public static OperatorSetIdProto of(String domain, long version) {
    return FORM.empty().with(1, domain).with(2, version);
  }

  public String getDomain() {
    return text(1);
  }

  public long getVersion() {
    return whole(2);
  }

  private OperatorSetIdProto with(int field, Object value) {
    return new OperatorSetIdProto(values().with(field, value));
  }
}
