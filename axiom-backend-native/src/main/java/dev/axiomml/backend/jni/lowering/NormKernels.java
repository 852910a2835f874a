package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.op.norm.GroupNorm;
import dev.axiomml.core.op.norm.InstanceNorm;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.op.norm.RmsNorm;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** Normalisations with moments of the value itself. */
final class NormKernels {
  private NormKernels() {}

  static Optional<MemorySlot> layer(LayerNorm op, LoweringContext at) {
    int n = row(op.axes(), at);
    List<MemorySlot> reads = List.of(at.in().get(0), learned(1, n, at), learned(2, n, at));
    return Optional.of(
        at.emit(KernelOpcode.LAYER_NORM, reads, at.out().count(), rows(n, op.epsilon(), at)));
  }

  static Optional<MemorySlot> rms(RmsNorm op, LoweringContext at) {
    int n = row(op.axes(), at);
    if (at.in().size() > 2) {
      return Optional.empty();
    }
    List<MemorySlot> reads = List.of(at.in().get(0), learned(1, n, at));
    return Optional.of(
        at.emit(KernelOpcode.RMS_NORM, reads, at.out().count(), rows(n, op.epsilon(), at)));
  }

  static Optional<MemorySlot> group(GroupNorm op, LoweringContext at) {
    int channels = at.out().size(-1);
    MemorySlot gamma = learned(1, channels, at);
    MemorySlot beta = learned(2, channels, at);
    return groups(op.groups(), op.epsilon(), List.of(at.in().get(0), gamma, beta), at);
  }

  static Optional<MemorySlot> instance(InstanceNorm op, LoweringContext at) {
    int channels = at.out().size(-1);
    MemorySlot gamma = learned(1, channels, at);
    MemorySlot beta = learned(2, channels, at);
    return groups(channels, op.epsilon(), List.of(at.in().get(0), gamma, beta), at);
  }

  private static Optional<MemorySlot> groups(
      int groups, double epsilon, List<MemorySlot> reads, LoweringContext at) {
    int images = at.out().size(0);
    int channels = at.out().size(-1);
    int points = at.out().count() / images / channels;
    List<Long> attributes =
        LoweringContext.longs(images, points, channels, groups, LoweringContext.bits(epsilon));
    return Optional.of(at.emit(KernelOpcode.GROUP_NORM, reads, at.out().count(), attributes));
  }

  /** Elements of the last axes. */
  private static int row(int axes, LoweringContext at) {
    Shape shape = at.out();
    return shape.sub(shape.rank() - axes, shape.rank()).count();
  }

  private static List<Long> rows(int n, double epsilon, LoweringContext at) {
    return LoweringContext.longs(at.out().count() / n, n, LoweringContext.bits(epsilon));
  }

  /** Factors, operand 1, or offsets, operand 2; one number everywhere where there are none. */
  private static MemorySlot learned(int operand, int n, LoweringContext at) {
    return operand < at.in().size()
        ? at.in().get(operand)
        : at.weights(Tensor.full(Shape.of(n), operand == 1 ? 1 : 0));
  }
}
