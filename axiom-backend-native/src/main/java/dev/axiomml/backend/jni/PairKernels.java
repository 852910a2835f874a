package dev.axiomml.backend.jni;

import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.pair.Offset;
import dev.axiomml.core.op.pair.PRelu;
import dev.axiomml.core.op.pair.Scale;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
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
    return dev.axiomml.core.op.CommonShapeRules.broadcast("pair", a, b);
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
    Tensor slope = op.slope().tensor();
    Sized x = new Sized(at.in().get(0), at.shape(0));
    return pair(
        KernelOpcode.PRELU, List.of(x, new Sized(at.weights(slope), slope.shape())), at.out(), at);
  }

  static Optional<MemorySlot> scale(Scale op, LoweringContext at) {
    Shape out = at.out();
    Tensor factor = op.factor().tensor();
    boolean channels =
        out.equals(at.shape(0))
            && isChannels(factor, out)
            && op.bias().map(b -> isChannels(b.tensor(), out)).orElse(false);
    if (channels) {
      return scaleShift(factor, op.bias().orElseThrow().tensor(), at);
    }
    Shape product = joined(at.shape(0), factor.shape());
    Sized x = new Sized(at.in().get(0), at.shape(0));
    Optional<MemorySlot> scaled =
        pair(
            KernelOpcode.MUL,
            List.of(x, new Sized(at.weights(factor), factor.shape())),
            product,
            at);
    return op.bias().isEmpty()
        ? scaled
        : scaled.flatMap(slot -> shift(new Sized(slot, product), op.bias().get().tensor(), at));
  }

  static Optional<MemorySlot> offset(Offset op, LoweringContext at) {
    return shift(new Sized(at.in().get(0), at.shape(0)), op.offsets().tensor(), at);
  }

  /** Adds a constant, broadcast to the output. */
  static Optional<MemorySlot> shift(Sized x, Tensor offset, LoweringContext at) {
    Sized constant = new Sized(at.weights(offset), offset.shape());
    return pair(KernelOpcode.ADD, List.of(x, constant), joined(x.shape(), offset.shape()), at);
  }

  private static boolean isChannels(Tensor tensor, Shape out) {
    return tensor.shape().rank() == 1 && out.rank() > 0 && tensor.size() == out.size(-1);
  }

  static Optional<MemorySlot> batchNorm(BatchNorm op, LoweringContext at) {
    Shape channels = Shape.of(op.channels());
    return scaleShift(
        Tensor.ofDoubles(channels, DType.FLOAT32, op.factors()),
        Tensor.ofDoubles(channels, DType.FLOAT32, op.offsets()),
        at);
  }

  private static Optional<MemorySlot> scaleShift(Tensor factor, Tensor offset, LoweringContext at) {
    int rows = at.out().count() / factor.size();
    List<MemorySlot> reads = List.of(at.in().get(0), at.weights(factor), at.weights(offset));
    return Optional.of(
        at.emit(
            KernelOpcode.SCALE_SHIFT,
            reads,
            at.out().count(),
            LoweringContext.longs(rows, factor.size())));
  }

  /**
   * A value with its shape.
   *
   * @param slot where it lies
   * @param shape its sizes
   */
  record Sized(MemorySlot slot, Shape shape) {}
}
