package dev.axiomml.interop.onnx.proto;

import static dev.axiomml.interop.onnx.proto.FieldContent.TEXT;
import static dev.axiomml.interop.onnx.proto.MessageField.many;
import static dev.axiomml.interop.onnx.proto.MessageField.once;
import static dev.axiomml.interop.onnx.proto.MessageField.unused;

import java.util.List;

/** One step: an operator with the names of its operands and results. */
public final class NodeProto extends OnnxMessage {
  static final MessageForm<NodeProto> FORM =
      MessageForm.of(
          "NodeProto",
          NodeProto::new,
          many(1, "input", TEXT),
          many(2, "output", TEXT),
          once(3, "name", TEXT),
          once(4, "op_type", TEXT),
          many(5, "attribute", () -> AttributeProto.FORM),
          unused(6, "doc_string"),
          once(7, "domain", TEXT),
          once(8, "overload", TEXT),
          unused(9, "metadata_props"),
          unused(10, "device_configurations"));

  private NodeProto(FieldValues values) {
    super(values);
  }

  /** An operator without operands. */
  public static NodeProto of(String operator, String domain) {
    return FORM.empty().withOpType(operator).withDomain(domain);
  }

  public List<String> getInputList() {
    return list(1);
  }

  public int getInputCount() {
    return getInputList().size();
  }

  public String getInput(int index) {
    return getInputList().get(index);
  }

  public List<String> getOutputList() {
    return list(2);
  }

  public int getOutputCount() {
    return getOutputList().size();
  }

  public String getOutput(int index) {
    return getOutputList().get(index);
  }

  public String getName() {
    return text(3);
  }

  public String getOpType() {
    return text(4);
  }

  public List<AttributeProto> getAttributeList() {
    return list(5);
  }

  public String getDomain() {
    return text(7);
  }

  /** Which of several functions of one name is called; empty where there is one. */
  public String getOverload() {
    return text(8);
  }

  private NodeProto with(int field, Object value) {
    return new NodeProto(values().with(field, value));
  }

  /** With operands, by name; an empty name is one that is left out. */
  public NodeProto withInputs(List<String> names) {
    return with(1, List.copyOf(names));
  }

  /** With results, by name. */
  public NodeProto withOutputs(List<String> names) {
    return with(2, List.copyOf(names));
  }

  /** With a name of its own. */
  public NodeProto withName(String name) {
    return with(3, name);
  }

  /** With another operator. */
  public NodeProto withOpType(String operator) {
    return with(4, operator);
  }

  /** With settings instead of its own. */
  public NodeProto withAttributes(List<AttributeProto> attributes) {
    return with(5, List.copyOf(attributes));
  }

  /** With another domain. */
  public NodeProto withDomain(String domain) {
    return with(7, domain);
  }
}
