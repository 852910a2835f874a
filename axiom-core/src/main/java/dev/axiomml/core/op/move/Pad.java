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
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * A border of one number around a value; exact, on elements of any type.
 *
 * <p>Shape: each axis grows by {@code before + after}.
 *
 * @param before positions put before each axis; negative cuts off
 * @param after positions put after each axis; negative cuts off
 * @param value what they hold, any number, NaN and infinities too; converted to the element type
 */
public record Pad(List<Integer> before, List<Integer> after, double value) implements MoveOp {
  /** Checks that both lists have one length. */
  public Pad {
    before = List.copyOf(before);
    after = List.copyOf(after);
    if (before.size() != after.size()) {
      throw new IllegalArgumentException("a pad before each of " + before + " but after " + after);
    }
  }

  @Override
  public Pad withSettings(DoubleUnaryOperator change) {
    return new Pad(before, after, change.applyAsDouble(value));
  }

  @Override
  public Shape out(List<Shape> in) {
    return padded(in.get(0), before, after);
  }

  /** The shape with a border. */
  static Shape padded(Shape in, List<Integer> before, List<Integer> after) {
    CommonShapeRules.rank("pad " + before + " " + after, in, before.size());
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < in.rank(); axis++) {
      Dim size = in.dim(axis).plus((long) before.get(axis) + after.get(axis));
      if (size.isFixed() && size.value() < 0) {
        throw cropped(in, before, after);
      }
      dims.add(size);
    }
    return new Shape(dims);
  }

  private static ShapeException cropped(Shape in, List<Integer> before, List<Integer> after) {
    return new ShapeException(
        new Diagnosis(
            "pad " + before + " " + after + " on " + in,
            "",
            "negative padding cuts off at most the whole axis",
            "cut off less than the axis holds"));
  }

  /** Zeros need no filling. */
  @Override
  public Optional<Tensor> fill(List<Shape> in) {
    return Double.compare(value, 0) == 0
        ? Optional.empty()
        : Optional.of(Tensor.ofDoubles(Shape.SCALAR, DType.FLOAT64, value));
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    int[] to = out(in).strides();
    int[] from = in.get(0).strides();
    int[] sizes = in.get(0).sizes();
    int out = 0;
    int first = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      int cutBefore = Math.max(0, -before.get(axis));
      sizes[axis] = Math.max(0, sizes[axis] - cutBefore - Math.max(0, -after.get(axis)));
      out += to[axis] * Math.max(0, before.get(axis));
      first += from[axis] * cutBefore;
    }
    return List.of(LoopNest.plain(sizes, to, from).from(out, first, 0));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    Pad pad =
        new Pad(
            AxisOrderSettings.permuted(before, order),
            AxisOrderSettings.permuted(after, order),
            value);
    return Optional.of(new ReorderedOp(pad, order));
  }

  /** No border is the value itself. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    boolean nothing = before.stream().allMatch(n -> n == 0) && after.stream().allMatch(n -> n == 0);
    return nothing ? Optional.of(OpLowering.first()) : Optional.empty();
  }
}
