package dev.axiomml.interop.onnx.proto;

import static dev.axiomml.interop.onnx.proto.FieldContent.BYTES;
import static dev.axiomml.interop.onnx.proto.FieldContent.TEXT;
import static dev.axiomml.interop.onnx.proto.MessageField.many;
import static dev.axiomml.interop.onnx.proto.MessageField.once;
import static dev.axiomml.interop.onnx.proto.MessageField.unused;

import java.util.List;

/** Nodes in an order that can be run, with their inputs, outputs and weights. */
public final class GraphProto extends OnnxMessage {
  static final MessageForm<GraphProto> FORM =
      MessageForm.of(
          "GraphProto",
          GraphProto::new,
          many(1, "node", () -> NodeProto.FORM),
          once(2, "name", TEXT),
          many(5, "initializer", () -> TensorProto.FORM),
          unused(10, "doc_string"),
          many(11, "input", () -> ValueInfoProto.FORM),
          many(12, "output", () -> ValueInfoProto.FORM),
          many(13, "value_info", () -> ValueInfoProto.FORM),
          unused(14, "quantization_annotation"),
          many(15, "sparse_initializer", BYTES),
          unused(16, "metadata_props"));

  private GraphProto(FieldValues values) {
    super(values);
  }

  /** A graph without a node. */
  public static GraphProto of(String name) {
    return FORM.empty().with(2, name);
  }

  /** A graph without a name either. */
  public static GraphProto getDefaultInstance() {
    return FORM.empty();
  }

  public List<NodeProto> getNodeList() {
    return list(1);
  }

  public String getName() {
    return text(2);
  }

  public List<TensorProto> getInitializerList() {
    return list(5);
  }

  public List<ValueInfoProto> getInputList() {
    return list(11);
  }

  public int getInputCount() {
    return getInputList().size();
  }

  public ValueInfoProto getInput(int index) {
    return getInputList().get(index);
  }

  public List<ValueInfoProto> getOutputList() {
    return list(12);
  }

  public int getOutputCount() {
    return getOutputList().size();
  }

  public ValueInfoProto getOutput(int index) {
    return getOutputList().get(index);
  }

  public List<ValueInfoProto> getValueInfoList() {
    return list(13);
  }

  public int getSparseInitializerCount() {
    return list(15).size();
  }

  private GraphProto with(int field, Object value) {
    return new GraphProto(values().with(field, value));
  }

  /** With nodes instead of its own. */
  public GraphProto withNodes(List<NodeProto> nodes) {
    return with(1, List.copyOf(nodes));
  }

  /** With weights. */
  public GraphProto withInitializers(List<TensorProto> weights) {
    return with(5, List.copyOf(weights));
  }

  /** With inputs. */
  public GraphProto withInputs(List<ValueInfoProto> inputs) {
    return with(11, List.copyOf(inputs));
  }

  /** With outputs. */
  public GraphProto withOutputs(List<ValueInfoProto> outputs) {
    return with(12, List.copyOf(outputs));
  }
}
