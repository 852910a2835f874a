package dev.axiomml.backend.jni;

import dev.axiomml.core.op.GroupNorm;
import dev.axiomml.core.op.InstanceNorm;
import dev.axiomml.core.op.LayerNorm;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.RmsNorm;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** Normalisations with moments of the value itself. */
final class Norms {
  private Norms() {}

  static Optional<Slot> layer(LayerNorm op, Site at) {
    int n = row(op.axes(), at);
    List<Slot> reads = List.of(at.in().get(0), all(op.gamma(), n, 1, at), all(op.beta(), n, 0, at));
    return Optional.of(
        at.emit(Opcode.LAYER_NORM, reads, at.out().count(), rows(n, op.epsilon(), at)));
  }

  static Optional<Slot> rms(RmsNorm op, Site at) {
    int n = row(op.axes(), at);
    List<Slot> reads = List.of(at.in().get(0), all(op.gamma(), n, 1, at));
    return Optional.of(
        at.emit(Opcode.RMS_NORM, reads, at.out().count(), rows(n, op.epsilon(), at)));
  }

  static Optional<Slot> group(GroupNorm op, Site at) {
    int channels = at.out().size(-1);
    Slot gamma = all(op.gamma(), channels, 1, at);
    Slot beta = all(op.beta(), channels, 0, at);
    return groups(op.groups(), op.epsilon(), List.of(at.in().get(0), gamma, beta), at);
  }

  static Optional<Slot> instance(InstanceNorm op, Site at) {
    int channels = at.out().size(-1);
    Slot gamma = all(op.gamma(), channels, 1, at);
    Slot beta = all(op.beta(), channels, 0, at);
    return groups(channels, op.epsilon(), List.of(at.in().get(0), gamma, beta), at);
  }

  private static Optional<Slot> groups(int groups, double epsilon, List<Slot> reads, Site at) {
    int images = at.out().size(0);
    int channels = at.out().size(-1);
    int points = at.out().count() / images / channels;
    List<Long> attributes = Site.longs(images, points, channels, groups, Site.bits(epsilon));
    return Optional.of(at.emit(Opcode.GROUP_NORM, reads, at.out().count(), attributes));
  }

  /** Elements of the last axes. */
  private static int row(int axes, Site at) {
    Shape shape = at.out();
    return shape.sub(shape.rank() - axes, shape.rank()).count();
  }

  private static List<Long> rows(int n, double epsilon, Site at) {
    return Site.longs(at.out().count() / n, n, Site.bits(epsilon));
  }

  /** A weight, or one number everywhere where there is none. */
  private static Slot all(Optional<Parameter> weight, int n, float otherwise, Site at) {
    return at.weights(
        weight.map(Parameter::tensor).orElseGet(() -> Tensor.full(Shape.of(n), otherwise)));
  }
}
