package dev.axiomml.interop.onnx.save;

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
record OnnxCall(String type, List<String> in, List<AttributeProto> attributes, String domain) {
  OnnxCall {
    in = List.copyOf(in);
    attributes = List.copyOf(attributes);
  }

  static OnnxCall of(String type, String... in) {
    return of(type, List.of(in));
  }

  static OnnxCall of(String type, List<String> in) {
    return new OnnxCall(type, in, List.of(), "");
  }

  /** With a whole number. */
  OnnxCall whole(String name, long value) {
    return with(AttributeProto.of(name, value));
  }

  /** With a flag, 0 or 1. */
  OnnxCall flag(String name, boolean value) {
    return whole(name, value ? 1 : 0);
  }

  /** With whole numbers. */
  OnnxCall wholes(String name, List<Integer> values) {
    return with(AttributeProto.ofWholes(name, values.stream().map(Long::valueOf).toList()));
  }

  /** With a number, rounded to float32. */
  OnnxCall number(String name, double value) {
    return with(AttributeProto.of(name, (float) value));
  }

  /** With a word. */
  OnnxCall text(String name, String value) {
    return with(AttributeProto.of(name, value));
  }

  /** With words. */
  OnnxCall texts(String name, List<String> values) {
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
