package dev.axiomml.interop.onnx.node;

import dev.axiomml.interop.onnx.proto.AttributeProto;
import dev.axiomml.interop.onnx.proto.GraphProto;
import dev.axiomml.interop.onnx.proto.TensorProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A node's settings by name, with ONNX's defaults given by who asks. */
public final class NodeAttributes {
  private final Map<String, AttributeProto> byName = new HashMap<>();
  private final Set<String> read;

  NodeAttributes(List<AttributeProto> attributes) {
    this(attributes, new HashSet<>());
  }

  private NodeAttributes(List<AttributeProto> attributes, Set<String> read) {
    this.read = read;
    attributes.forEach(attribute -> byName.put(attribute.getName(), attribute));
  }

  /** Other settings, of which those that are asked for count as asked for here. */
  NodeAttributes sharing(List<AttributeProto> attributes) {
    return new NodeAttributes(attributes, read);
  }

  /** Counts settings as read: they mean nothing in the form that a node has, or are read later. */
  public void pass(String... names) {
    read.addAll(List.of(names));
  }

  /** The names whose values were not read. */
  Set<String> unread() {
    Set<String> left = new TreeSet<>(byName.keySet());
    left.removeAll(read);
    return left;
  }

  public boolean has(String name) {
    return byName.containsKey(name);
  }

  private Optional<AttributeProto> find(String name) {
    read.add(name);
    return Optional.ofNullable(byName.get(name));
  }

  /** A setting as it was written: 1e-5 is stored as the nearest float32 and meant as 1e-5. */
  public double number(String name, double otherwise) {
    return find(name).map(a -> Double.parseDouble(Float.toString(a.getF()))).orElse(otherwise);
  }

  public int integer(String name, int otherwise) {
    return find(name)
        .map(a -> (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, a.getI())))
        .orElse(otherwise);
  }

  public long whole(String name, long otherwise) {
    return find(name).map(AttributeProto::getI).orElse(otherwise);
  }

  /** A setting that is 0 or 1; what another number means is nowhere said. */
  public boolean flag(String name, boolean otherwise) {
    int stated = integer(name, otherwise ? 1 : 0);
    if (stated != 0 && stated != 1) {
      throw new IllegalArgumentException("flag " + name + " is " + stated + ", not 0 or 1");
    }
    return stated == 1;
  }

  public String text(String name, String otherwise) {
    return find(name).map(AttributeProto::getS).orElse(otherwise);
  }

  public Optional<List<Integer>> integers(String name) {
    return find(name).map(a -> a.getIntsList().stream().map(value -> narrow(name, value)).toList());
  }

  private static int narrow(String name, long value) {
    if (value != (int) value) {
      throw new ArithmeticException(name + " holds " + value + ", which is beyond 32 bits");
    }
    return (int) value;
  }

  public Optional<List<Long>> longs(String name) {
    return find(name).map(AttributeProto::getIntsList);
  }

  public Optional<List<Float>> numbers(String name) {
    return find(name).map(AttributeProto::getFloatsList);
  }

  public Optional<List<String>> texts(String name) {
    return find(name).map(AttributeProto::getStringsList);
  }

  public Optional<TensorProto> tensor(String name) {
    return find(name).filter(AttributeProto::hasT).map(AttributeProto::getT);
  }

  public Optional<GraphProto> graph(String name) {
    return find(name).filter(AttributeProto::hasG).map(AttributeProto::getG);
  }
}
