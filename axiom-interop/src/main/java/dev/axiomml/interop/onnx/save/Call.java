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
record Call(String type, List<String> in, List<AttributeProto> attributes, String domain) {
  Call {
    in = List.copyOf(in);
    attributes = List.copyOf(attributes);
  }

  static Call of(String type, String... in) {
    return of(type, List.of(in));
  }

  static Call of(String type, List<String> in) {
    return new Call(type, in, List.of(), "");
  }

  /** With a whole number. */
  Call whole(String name, long value) {
    return with(AttributeProto.of(name, value));
  }

  /** With a flag, 0 or 1. */
  Call flag(String name, boolean value) {
    return whole(name, value ? 1 : 0);
  }

  /** With whole numbers. */
  Call wholes(String name, List<Integer> values) {
    return with(AttributeProto.ofWholes(name, values.stream().map(Long::valueOf).toList()));
  }

  /** With a number, rounded to float32. */
  Call number(String name, double value) {
    return with(AttributeProto.of(name, (float) value));
  }

  /** With a word. */
  Call text(String name, String value) {
    return with(AttributeProto.of(name, value));
  }

  /** With words. */
  Call texts(String name, List<String> values) {
    return with(AttributeProto.ofTexts(name, values));
  }

  /** With a tensor. */
  Call tensor(String name, TensorProto value) {
    return with(AttributeProto.of(name, value));
  }

  private Call with(AttributeProto attribute) {
    List<AttributeProto> all = new ArrayList<>(attributes);
    all.add(attribute);
    return new Call(type, in, all, domain);
  }
}
