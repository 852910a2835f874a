package dev.axiomml.interop.onnx.proto;

import static dev.axiomml.interop.onnx.proto.FieldContent.TEXT;
import static dev.axiomml.interop.onnx.proto.FieldContent.WHOLE;
import static dev.axiomml.interop.onnx.proto.MessageField.many;
import static dev.axiomml.interop.onnx.proto.MessageField.once;
import static dev.axiomml.interop.onnx.proto.MessageField.unused;

import java.nio.ByteBuffer;
import java.util.List;

/** A whole file. */
public final class ModelProto extends OnnxMessage {
  static final MessageForm<ModelProto> FORM =
      MessageForm.of(
          "ModelProto",
          ModelProto::new,
          once(1, "ir_version", WHOLE),
          once(2, "producer_name", TEXT),
          unused(3, "producer_version"),
          unused(4, "domain"),
          unused(5, "model_version"),
          unused(6, "doc_string"),
          once(7, "graph", () -> GraphProto.FORM),
          many(8, "opset_import", () -> OperatorSetIdProto.FORM),
          unused(14, "metadata_props"),
          unused(20, "training_info"),
          many(25, "functions", () -> FunctionProto.FORM),
          unused(26, "configuration"));

  private ModelProto(FieldValues values) {
    super(values);
  }

  /** A file of a format version that holds a graph. */
  public static ModelProto of(long irVersion, String producer, GraphProto graph) {
    return FORM.empty().with(1, irVersion).with(2, producer).with(7, graph);
  }

  /**
   * Reads a file; the raw bytes of its tensors stay in the buffer.
   *
   * @throws WireFormatException when the bytes are none, or hold a field that is not known
   */
  public static ModelProto parseFrom(ByteBuffer bytes) throws WireFormatException {
    return MessageReader.read(bytes, FORM);
  }

  public boolean hasGraph() {
    return has(7);
  }

  public GraphProto getGraph() {
    return message(7, GraphProto.FORM);
  }

  public List<OperatorSetIdProto> getOpsetImportList() {
    return list(8);
  }

  public List<FunctionProto> getFunctionsList() {
    return list(25);
  }

  private ModelProto with(int field, Object value) {
    return new ModelProto(values().with(field, value));
  }

  /** With the versions of the domains its operators are from. */
  public ModelProto withOpsetImports(List<OperatorSetIdProto> imports) {
    return with(8, List.copyOf(imports));
  }
}
