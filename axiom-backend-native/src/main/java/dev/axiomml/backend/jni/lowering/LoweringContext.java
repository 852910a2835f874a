package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A node about to become instructions.
 *
 * @param node the node, its shapes fixed
 * @param in where its operands lie
 * @param listing where instructions go
 */
public record LoweringContext(Node node, List<MemorySlot> in, KernelCallList listing) {
  /** The shape of an operand. */
  Shape shape(int operand) {
    return node.in().get(operand).type().shape();
  }

  List<Shape> shapes() {
    return node.in().stream().map(value -> value.type().shape()).toList();
  }

  /** The shape of the only result. */
  Shape out() {
    return node.out().get(0).type().shape();
  }

  MemorySlot weights(Tensor tensor) {
    return listing.weights(tensor);
  }

  /** Puts an instruction down that makes a new value of {@code count} elements. */
  MemorySlot emit(KernelOpcode opcode, List<MemorySlot> reads, int count, List<Long> attributes) {
    MemorySlot made = listing.intermediate(count);
    emitInto(made, opcode, reads, attributes);
    return made;
  }

  /** Puts an instruction down that writes a value, or a part of it. */
  void emitInto(
      MemorySlot target, KernelOpcode opcode, List<MemorySlot> reads, List<Long> attributes) {
    List<MemorySlot> operands = new ArrayList<>(reads);
    operands.add(target);
    listing.add(new KernelCall(opcode, operands, attributes, List.of(node.name())));
  }

  /** A double as an attribute. */
  static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  /** Numbers as attributes. */
  public static List<Long> longs(long... values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }
}
