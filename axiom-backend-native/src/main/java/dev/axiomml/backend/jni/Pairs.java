package dev.axiomml.backend.jni;

import dev.axiomml.core.op.BatchNorm;
import dev.axiomml.core.op.Offset;
import dev.axiomml.core.op.PRelu;
import dev.axiomml.core.op.Scale;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Indices;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** Element-wise operators of two values, broadcast from the right. */
final class Pairs {
  private static final int MAX_RANK = 6;

  private Pairs() {}

  /** The operands joined one after another. */
  static Optional<Slot> fold(Opcode opcode, Site at) {
    Slot slot = at.in().get(0);
    Shape shape = at.shape(0);
    for (int i = 1; i < at.in().size(); i++) {
      Sized next = new Sized(at.in().get(i), at.shape(i));
      Shape out = joined(shape, next.shape());
      Optional<Slot> sum = pair(opcode, List.of(new Sized(slot, shape), next), out, at);
      if (sum.isEmpty()) {
        return Optional.empty();
      }
      slot = sum.get();
      shape = out;
    }
    return Optional.of(slot);
  }

  private static Shape joined(Shape a, Shape b) {
    return dev.axiomml.core.op.Shapes.broadcast("pair", a, b);
  }

  /** One instruction for two operands broadcast to an output. */
  static Optional<Slot> pair(Opcode opcode, List<Sized> operands, Shape out, Site at) {
    int[] a = Indices.broadcast(operands.get(0).shape(), out);
    int[] b = Indices.broadcast(operands.get(1).shape(), out);
    List<Axis> axes = Axis.merged(Axis.all(out.sizes(), a, b));
    if (axes.size() > MAX_RANK) {
      return Optional.empty();
    }
    List<Slot> reads = operands.stream().map(Sized::slot).toList();
    return Optional.of(at.emit(opcode, reads, out.count(), Axis.attributes(axes)));
  }

  static Optional<Slot> prelu(PRelu op, Site at) {
    Tensor slope = op.slope().tensor();
    Sized x = new Sized(at.in().get(0), at.shape(0));
    return pair(
        Opcode.PRELU, List.of(x, new Sized(at.weights(slope), slope.shape())), at.out(), at);
  }

  static Optional<Slot> scale(Scale op, Site at) {
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
    Optional<Slot> scaled =
        pair(Opcode.MUL, List.of(x, new Sized(at.weights(factor), factor.shape())), product, at);
    return op.bias().isEmpty()
        ? scaled
        : scaled.flatMap(slot -> shift(new Sized(slot, product), op.bias().get().tensor(), at));
  }

  static Optional<Slot> offset(Offset op, Site at) {
    return shift(new Sized(at.in().get(0), at.shape(0)), op.offsets().tensor(), at);
  }

  /** Adds a constant, broadcast to the output. */
  static Optional<Slot> shift(Sized x, Tensor offset, Site at) {
    Sized constant = new Sized(at.weights(offset), offset.shape());
    return pair(Opcode.ADD, List.of(x, constant), joined(x.shape(), offset.shape()), at);
  }

  private static boolean isChannels(Tensor tensor, Shape out) {
    return tensor.shape().rank() == 1 && out.rank() > 0 && tensor.size() == out.size(-1);
  }

  static Optional<Slot> batchNorm(BatchNorm op, Site at) {
    Shape channels = Shape.of(op.channels());
    return scaleShift(
        Tensor.ofDoubles(channels, DType.FLOAT32, op.factors()),
        Tensor.ofDoubles(channels, DType.FLOAT32, op.offsets()),
        at);
  }

  private static Optional<Slot> scaleShift(Tensor factor, Tensor offset, Site at) {
    int rows = at.out().count() / factor.size();
    List<Slot> reads = List.of(at.in().get(0), at.weights(factor), at.weights(offset));
    return Optional.of(
        at.emit(Opcode.SCALE_SHIFT, reads, at.out().count(), Site.longs(rows, factor.size())));
  }

  /**
   * A value with its shape.
   *
   * @param slot where it lies
   * @param shape its sizes
   */
  record Sized(Slot slot, Shape shape) {}
}
