package dev.axiomml.interop.onnx;

import dev.axiomml.interop.onnx.proto.AttributeProto;
import dev.axiomml.interop.onnx.proto.GraphProto;
import dev.axiomml.interop.onnx.proto.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node's settings by name, with ONNX's defaults given by who asks. */
final class Attributes {
  private final Map<String, AttributeProto> byName = new HashMap<>();

  Attributes(List<AttributeProto> attributes) {
    attributes.forEach(attribute -> byName.put(attribute.getName(), attribute));
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  private Optional<AttributeProto> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** A setting as it was written: 1e-5 is stored as the nearest float32 and meant as 1e-5. */
  double number(String name, double otherwise) {
    return find(name).map(a -> Double.parseDouble(Float.toString(a.getF()))).orElse(otherwise);
  }

  int integer(String name, int otherwise) {
    return find(name)
        .map(a -> (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, a.getI())))
        .orElse(otherwise);
  }

  long whole(String name, long otherwise) {
    return find(name).map(AttributeProto::getI).orElse(otherwise);
  }

  boolean flag(String name, boolean otherwise) {
    return integer(name, otherwise ? 1 : 0) != 0;
  }

  String text(String name, String otherwise) {
    return find(name).map(AttributeProto::getS).orElse(otherwise);
  }

  Optional<List<Integer>> integers(String name) {
    return find(name).map(a -> a.getIntsList().stream().map(value -> narrow(name, value)).toList());
  }

  private static int narrow(String name, long value) {
    if (value != (int) value) {
      throw new ArithmeticException(name + " holds " + value + ", which is beyond 32 bits");
    }
    return (int) value;
  }

  Optional<List<Long>> longs(String name) {
    return find(name).map(AttributeProto::getIntsList);
  }

  Optional<List<Float>> numbers(String name) {
    return find(name).map(AttributeProto::getFloatsList);
  }

  Optional<List<String>> texts(String name) {
    return find(name).map(AttributeProto::getStringsList);
  }

  Optional<TensorProto> tensor(String name) {
    return find(name).filter(AttributeProto::hasT).map(AttributeProto::getT);
  }

  Optional<GraphProto> graph(String name) {
    return find(name).filter(AttributeProto::hasG).map(AttributeProto::getG);
  }
}
