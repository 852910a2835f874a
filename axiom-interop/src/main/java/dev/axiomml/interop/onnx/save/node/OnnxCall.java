package dev.axiomml.interop.onnx.save.node;

import dev.axiomml.interop.onnx.proto.AttributeProto;
import dev.axiomml.interop.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.List;

/**
 * An ONNX operator with its operands and settings; immutable.
 *
 * @param type the operator's name
 * @param in ids of the operands; an empty one is left out
 * @param attributes the settings
 * @param domain where the operator is defined; the standard domain is empty
 */
public record OnnxCall(
    String type, List<String> in, List<AttributeProto> attributes, String domain) {
  public OnnxCall {
    in = List.copyOf(in);
    attributes = List.copyOf(attributes);
  }

  public static OnnxCall of(String type, String... in) {
    return of(type, List.of(in));
  }

  public static OnnxCall of(String type, List<String> in) {
    return new OnnxCall(type, in, List.of(), "");
  }

  /** With a whole number. */
  public OnnxCall whole(String name, long value) {
    return with(AttributeProto.of(name, value));
  }

  /** With a flag, 0 or 1. */
  public OnnxCall flag(String name, boolean value) {
    return whole(name, value ? 1 : 0);
  }

  /** With whole numbers. */
  public OnnxCall wholes(String name, List<Integer> values) {
    return with(AttributeProto.ofWholes(name, values.stream().map(Long::valueOf).toList()));
  }

  /** With a number, rounded to float32. */
  public OnnxCall number(String name, double value) {
    return with(AttributeProto.of(name, (float) value));
  }

  /** With a word. */
  public OnnxCall text(String name, String value) {
    return with(AttributeProto.of(name, value));
  }

  /** With words. */
  public OnnxCall texts(String name, List<String> values) {
    return with(AttributeProto.ofTexts(name, values));
  }

  /** With a tensor. */
  OnnxCall tensor(String name, TensorProto value) {
    return with(AttributeProto.of(name, value));
  }

  private OnnxCall with(AttributeProto attribute) {
    List<AttributeProto> all = new ArrayList<>(attributes);
    all.add(attribute);
    return new OnnxCall(type, in, all, domain);
  }
}
