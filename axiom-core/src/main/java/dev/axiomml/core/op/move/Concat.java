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

/**
 * Values one after another along an axis; exact, on elements of any type.
 *
 * <p>Shape: all inputs equal but for that axis; the output's size there is their sum. No elements
 * are changed, so NaN and infinities pass.
 *
 * @param axis where they are joined; negative counts from the end
 */
public record Concat(int axis) implements MoveOp {
  @Override
  public Shape out(List<Shape> in) {
    Shape first = in.get(0);
    int at = CommonShapeRules.axis("concat", first, axis);
    Dim size = Dim.ZERO;
    Shape others = first;
    for (Shape shape : in) {
      if (shape.rank() != first.rank()
          || !shape.with(at, Dim.ONE).matches(first.with(at, Dim.ONE))) {
        throw misfit(in, at);
      }
      size = size.plus(shape.dim(at));
      others = fixed(others, shape);
    }
    return others.with(at, size);
  }

  /** Sizes that one of the inputs knows as numbers. */
  private static Shape fixed(Shape known, Shape more) {
    Shape all = known;
    for (int i = 0; i < all.rank(); i++) {
      all = more.dim(i).isFixed() ? all.with(i, more.dim(i)) : all;
    }
    return all;
  }

  private static ShapeException misfit(List<Shape> in, int at) {
    return new ShapeException(
        new Diagnosis(
            "concat of " + in + " along axis " + at,
            "",
            "all sizes but that of axis " + at + " must be equal",
            "bring the branches to one size first, e.g. with same() padding or a pool"));
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    int at = in.get(0).axis(axis);
    int[] steps = out(in).strides();
    int before = in.subList(0, operand).stream().mapToInt(shape -> shape.size(at)).sum();
    Shape own = in.get(operand);
    return List.of(
        LoopNest.plain(own.sizes(), steps, own.strides()).from(before * steps[at], 0, 0));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    int stored = AxisOrderSettings.stored(order, in.get(0).shape().axis(axis));
    return Optional.of(new ReorderedOp(new Concat(stored), order));
  }

  /** One input is itself. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return in.size() == 1 ? Optional.of(OpLowering.first()) : Optional.empty();
  }
}
