package dev.axiomml.backend.jni;

import dev.axiomml.core.op.Parameter;
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
    List<MemorySlot> reads =
        List.of(at.in().get(0), all(op.gamma(), n, 1, at), all(op.beta(), n, 0, at));
    return Optional.of(
        at.emit(KernelOpcode.LAYER_NORM, reads, at.out().count(), rows(n, op.epsilon(), at)));
  }

  static Optional<MemorySlot> rms(RmsNorm op, LoweringContext at) {
    int n = row(op.axes(), at);
    List<MemorySlot> reads = List.of(at.in().get(0), all(op.gamma(), n, 1, at));
    return Optional.of(
        at.emit(KernelOpcode.RMS_NORM, reads, at.out().count(), rows(n, op.epsilon(), at)));
  }

  static Optional<MemorySlot> group(GroupNorm op, LoweringContext at) {
    int channels = at.out().size(-1);
    MemorySlot gamma = all(op.gamma(), channels, 1, at);
    MemorySlot beta = all(op.beta(), channels, 0, at);
    return groups(op.groups(), op.epsilon(), List.of(at.in().get(0), gamma, beta), at);
  }

  static Optional<MemorySlot> instance(InstanceNorm op, LoweringContext at) {
    int channels = at.out().size(-1);
    MemorySlot gamma = all(op.gamma(), channels, 1, at);
    MemorySlot beta = all(op.beta(), channels, 0, at);
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

  /** A weight, or one number everywhere where there is none. */
  private static MemorySlot all(
      Optional<Parameter> weight, int n, float otherwise, LoweringContext at) {
    return at.weights(
        weight.map(Parameter::tensor).orElseGet(() -> Tensor.full(Shape.of(n), otherwise)));
  }
}
