package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.op.pair.PRelu;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Element-wise operators of two values, broadcast from the right. */
final class PairKernels {
  private static final int MAX_RANK = 6;

  private PairKernels() {}

  /** The operands joined one after another. */
  static Optional<MemorySlot> fold(KernelOpcode opcode, LoweringContext at) {
    MemorySlot slot = at.in().get(0);
    Shape shape = at.shape(0);
    for (int i = 1; i < at.in().size(); i++) {
      Sized next = new Sized(at.in().get(i), at.shape(i));
      Shape out = joined(shape, next.shape());
      Optional<MemorySlot> sum = pair(opcode, List.of(new Sized(slot, shape), next), out, at);
      if (sum.isEmpty()) {
        return Optional.empty();
      }
      slot = sum.get();
      shape = out;
    }
    return Optional.of(slot);
  }

  private static Shape joined(Shape a, Shape b) {
    return dev.axiomml.core.op.common.CommonShapeRules.broadcast("pair", a, b);
  }

  /** One instruction for two operands broadcast to an output. */
  static Optional<MemorySlot> pair(
      KernelOpcode opcode, List<Sized> operands, Shape out, LoweringContext at) {
    int[] a = IndexWalk.broadcast(operands.get(0).shape(), out);
    int[] b = IndexWalk.broadcast(operands.get(1).shape(), out);
    List<StridedLoop> axes = StridedLoop.merged(StridedLoop.all(out.sizes(), a, b));
    if (axes.size() > MAX_RANK) {
      return Optional.empty();
    }
    List<MemorySlot> reads = operands.stream().map(Sized::slot).toList();
    return Optional.of(at.emit(opcode, reads, out.count(), StridedLoop.attributes(axes)));
  }

  static Optional<MemorySlot> prelu(PRelu op, LoweringContext at) {
    Sized x = new Sized(at.in().get(0), at.shape(0));
    Sized slope = new Sized(at.in().get(1), at.shape(1));
    return pair(KernelOpcode.PRELU, List.of(x, slope), at.out(), at);
  }

  /**
   * A value with its shape.
   *
   * @param slot where it lies
   * @param shape its sizes
   */
  record Sized(MemorySlot slot, Shape shape) {}
}
