package dev.axiomml.backend.jni;

import dev.axiomml.backend.jni.lowering.FusedAttributes;
import dev.axiomml.backend.jni.lowering.KernelCall;
import dev.axiomml.backend.jni.lowering.KernelOpcode;
import java.util.List;

/**
 * How a weight lies in its block: as it is (no groups), or for each group a matrix k × n in panels;
 * transformed where a tile has a side.
 */
record WeightPacking(long groups, long k, long n, long tile) {
  /** Row-major, as it is. */
  static final WeightPacking PLAIN = new WeightPacking(0, 0, 0, 0);

  private static final int PACKED_OPERAND = 1;

  /** How an instruction reads an operand that is a weight. */
  static WeightPacking of(KernelCall call, int operand) {
    List<Long> attributes = call.attributes();
    if (operand != PACKED_OPERAND) {
      return PLAIN;
    }
    if (call.opcode() == KernelOpcode.DENSE) {
      return new WeightPacking(1, attributes.get(2), attributes.get(1), 0);
    }
    boolean tiled = call.opcode() == KernelOpcode.WINOGRAD;
    return tiled || call.opcode() == KernelOpcode.CONV
        ? convolution(attributes.size() - FusedAttributes.LENGTH, call, tiled)
        : PLAIN;
  }

  private static WeightPacking convolution(int end, KernelCall call, boolean tiled) {
    long outputs = call.attributes().get(end - 2);
    long last = call.attributes().get(end - 1);
    long groups = tiled ? 1 : last;
    long k = call.operands().get(PACKED_OPERAND).count() / outputs;
    return new WeightPacking(groups, k, outputs / groups, tiled ? last : 0);
  }
}
