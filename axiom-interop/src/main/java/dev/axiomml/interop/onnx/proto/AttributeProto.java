package dev.axiomml.interop.onnx.proto;

import static dev.axiomml.interop.onnx.proto.FieldContent.BYTES;
import static dev.axiomml.interop.onnx.proto.FieldContent.FLOAT;
import static dev.axiomml.interop.onnx.proto.FieldContent.NARROW;
import static dev.axiomml.interop.onnx.proto.FieldContent.TEXT;
import static dev.axiomml.interop.onnx.proto.FieldContent.WHOLE;
import static dev.axiomml.interop.onnx.proto.MessageField.many;
import static dev.axiomml.interop.onnx.proto.MessageField.once;
import static dev.axiomml.interop.onnx.proto.MessageField.unused;

import java.util.List;

/** A named setting of a node. */
public final class AttributeProto extends OnnxMessage {
  static final MessageForm<AttributeProto> FORM =
      MessageForm.of(
          "AttributeProto",
          AttributeProto::new,
          once(1, "name", TEXT),
          once(2, "f", FLOAT),
          once(3, "i", WHOLE),
          once(4, "s", TEXT),
          once(5, "t", () -> TensorProto.FORM),
          once(6, "g", () -> GraphProto.FORM),
          many(7, "floats", FLOAT),
          many(8, "ints", WHOLE),
          many(9, "strings", TEXT),
          many(10, "tensors", () -> TensorProto.FORM),
          many(11, "graphs", () -> GraphProto.FORM),
          unused(13, "doc_string"),
          once(14, "tp", () -> TypeProto.FORM),
          many(15, "type_protos", () -> TypeProto.FORM),
          once(20, "type", NARROW),
          once(21, "ref_attr_name", TEXT),
          once(22, "sparse_tensor", BYTES),
          many(23, "sparse_tensors", BYTES));

  private AttributeProto(FieldValues values) {
    super(values);
  }

  /** A number. */
  public static AttributeProto of(String name, float value) {
    return of(name, AttributeContent.FLOAT, value);
  }

  /** A whole number. */
  public static AttributeProto of(String name, long value) {
    return of(name, AttributeContent.INT, value);
  }

  /** A text. */
  public static AttributeProto of(String name, String value) {
    return of(name, AttributeContent.STRING, value);
  }

  /** A tensor. */
  public static AttributeProto of(String name, TensorProto value) {
    return of(name, AttributeContent.TENSOR, value);
  }

  /** Whole numbers. */
  public static AttributeProto ofWholes(String name, List<Long> values) {
    long[] copy = values.stream().mapToLong(Long::longValue).toArray();
    return of(name, AttributeContent.INTS, new WholeList(copy));
  }

  /** Texts. */
  public static AttributeProto ofTexts(String name, List<String> values) {
    return of(name, AttributeContent.STRINGS, List.copyOf(values));
  }

  private static AttributeProto of(String name, AttributeContent content, Object value) {
    return FORM.empty()
        .withName(name)
        .with(20, (long) content.number())
        .with(content.field(), value);
  }

  public String getName() {
    return text(1);
  }

  public float getF() {
    return value(2, Float.class).orElse(0f);
  }

  public long getI() {
    return whole(3);
  }

  public String getS() {
    return text(4);
  }

  public boolean hasT() {
    return has(5);
  }

  public TensorProto getT() {
    return message(5, TensorProto.FORM);
  }

  public boolean hasG() {
    return has(6);
  }

  public GraphProto getG() {
    return message(6, GraphProto.FORM);
  }

  public List<Float> getFloatsList() {
    return list(7);
  }

  public List<Long> getIntsList() {
    return list(8);
  }

  public List<String> getStringsList() {
    return list(9);
  }

  public List<GraphProto> getGraphsList() {
    return list(11);
  }

  /** The name of its content, such as {@code INTS}; {@code UNDEFINED} where the file is silent. */
  public String getType() {
    return AttributeContent.name((int) whole(20));
  }

  public String getRefAttrName() {
    return text(21);
  }

  private AttributeProto with(int field, Object value) {
    return new AttributeProto(values().with(field, value));
  }

  /** Under another name. */
  public AttributeProto withName(String name) {
    return with(1, name);
  }

  /** With another graph. */
  public AttributeProto withG(GraphProto graph) {
    return with(6, graph);
  }
}
