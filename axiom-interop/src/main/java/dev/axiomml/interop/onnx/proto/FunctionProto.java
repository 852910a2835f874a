package dev.axiomml.interop.onnx.proto;

import static dev.axiomml.interop.onnx.proto.FieldContent.TEXT;
import static dev.axiomml.interop.onnx.proto.MessageField.many;
import static dev.axiomml.interop.onnx.proto.MessageField.once;
import static dev.axiomml.interop.onnx.proto.MessageField.unused;

import java.util.List;

/** An operator that is given as a small graph. */
public final class FunctionProto extends OnnxMessage {
  static final MessageForm<FunctionProto> FORM =
      MessageForm.of(
          "FunctionProto",
          FunctionProto::new,
          once(1, "name", TEXT),
          many(4, "input", TEXT),
          many(5, "output", TEXT),
          many(6, "attribute", TEXT),
          many(7, "node", () -> NodeProto.FORM),
          unused(8, "doc_string"),
          many(9, "opset_import", () -> OperatorSetIdProto.FORM),
          once(10, "domain", TEXT),
          many(11, "attribute_proto", () -> AttributeProto.FORM),
          many(12, "value_info", () -> ValueInfoProto.FORM),
          once(13, "overload", TEXT),
          unused(14, "metadata_props"));

  private FunctionProto(FieldValues values) {
    super(values);
  }

  public String getName() {
    return text(1);
  }

  public List<String> getInputList() {
    return list(4);
  }

  public int getInputCount() {
    return getInputList().size();
  }

  public String getInput(int index) {
    return getInputList().get(index);
  }

  public List<String> getOutputList() {
    return list(5);
  }

  public String getOutput(int index) {
    return getOutputList().get(index);
  }

  /** The names of the settings that a call must give. */
  public List<String> getAttributeList() {
    return list(6);
  }

  public List<NodeProto> getNodeList() {
    return list(7);
  }

  public List<OperatorSetIdProto> getOpsetImportList() {
    return list(9);
  }

  public String getDomain() {
    return text(10);
  }

  /** The settings that a call may leave out, with what they are then. */
  public List<AttributeProto> getAttributeProtoList() {
    return list(11);
  }

  public List<ValueInfoProto> getValueInfoList() {
    return list(12);
  }

  public String getOverload() {
    return text(13);
  }
}
