package dev.axiomml.core.op.move;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Every {@code step}-th position of an axis; exact, on elements of any type.
 *
 * <p>Shape: unchanged but for that axis, which gets {@code count}.
 *
 * @param axis the axis; negative counts from the end
 * @param start the first position, counted from the front; may speak of the graph's symbols
 * @param count how many positions
 * @param step distance between them; negative walks backwards, never 0
 */
public record Slice(int axis, Dim start, Dim count, int step) implements MoveOp {
  /** Refuses a step of 0. */
  public Slice {
    if (step == 0) {
      throw new IllegalArgumentException("a slice's step is not 0");
    }
  }

  /** Neighbouring positions of an axis. */
  public static Slice of(int axis, long start, long count) {
    return new Slice(axis, Dim.of(start), Dim.of(count), 1);
  }

  /** All positions of an axis of that size, the last first. */
  public static Slice flip(int axis, Dim size) {
    return new Slice(axis, size.plus(-1), size, -1);
  }

  @Override
  public Slice bind(Function<String, Dim> sizes) {
    return new Slice(axis, start.bind(sizes), count.bind(sizes), step);
  }

  @Override
  public Shape out(List<Shape> in) {
    int at = CommonShapeRules.axis("slice", in.get(0), axis);
    Dim end = start.plus(count.plus(-1).times(step));
    boolean empty = count.isFixed() && count.value() == 0;
    if (!empty && (outside(start, in.get(0).dim(at)) || outside(end, in.get(0).dim(at)))) {
      throw beyond(in.get(0), at, end);
    }
    return in.get(0).with(at, count);
  }

  private static boolean outside(Dim position, Dim size) {
    Dim room = size.minus(position);
    return (position.isFixed() && position.value() < 0) || (room.isFixed() && room.value() <= 0);
  }

  private ShapeException beyond(Shape in, int at, Dim end) {
    return new ShapeException(
        new Diagnosis(
            "slice from " + start + " to " + end + " of axis " + at + " of " + in,
            "",
            "positions lie between 0 and " + in.dim(at).plus(-1),
            "take at most " + in.dim(at) + " positions of that axis"));
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    Shape out = out(in);
    int at = in.get(0).axis(axis);
    int[] steps = in.get(0).strides();
    int first = out.size(at) == 0 ? 0 : Math.toIntExact(start.value()) * steps[at];
    steps[at] *= step;
    return List.of(LoopNest.plain(out.sizes(), out.strides(), steps).from(0, first, 0));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    int stored = AxisOrderSettings.stored(order, in.get(0).shape().axis(axis));
    return Optional.of(new ReorderedOp(new Slice(stored, start, count, step), order));
  }

  /** The whole axis is the value itself. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    boolean whole =
        step == 1 && start.equals(Dim.ZERO) && count.equals(in.get(0).shape().dim(axis));
    return whole ? Optional.of(OpLowering.first()) : Optional.empty();
  }
}
