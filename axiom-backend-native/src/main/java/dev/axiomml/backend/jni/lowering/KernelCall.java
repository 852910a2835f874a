package dev.axiomml.backend.jni.lowering;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * One kernel call of a plan.
 *
 * @param opcode the kernel
 * @param operands what it reads, then what it writes
 * @param attributes integers, and doubles by their bits
 * @param nodes names of the graph's nodes it computes, in order
 */
public record KernelCall(
    KernelOpcode opcode, List<MemorySlot> operands, List<Long> attributes, List<String> nodes) {
  public KernelCall {
    operands = List.copyOf(operands);
    attributes = List.copyOf(attributes);
    nodes = List.copyOf(nodes);
  }

  MemorySlot output() {
    return operands.get(operands.size() - 1);
  }

  public List<MemorySlot> inputs() {
    return operands.subList(0, operands.size() - 1);
  }

  /** How often it reads a slot. */
  long reads(MemorySlot slot) {
    long reads = inputs().stream().filter(slot::sameMemory).count();
    return opcode == KernelOpcode.NESTS && output().sameMemory(slot) ? reads + 1 : reads;
  }

  KernelCall withSlots(UnaryOperator<MemorySlot> change) {
    return new KernelCall(opcode, operands.stream().map(change).toList(), attributes, nodes);
  }

  /** The same with more names in front of the output's. */
  KernelCall alsoComputing(List<String> more) {
    List<String> all = new ArrayList<>(nodes);
    all.addAll(more);
    return new KernelCall(opcode, operands, attributes, all);
  }

  @Override
  public String toString() {
    return opcode.name().toLowerCase(Locale.ROOT) + " of " + String.join(" + ", nodes);
  }
}
