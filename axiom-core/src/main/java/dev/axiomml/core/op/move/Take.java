package dev.axiomml.core.op.move;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Known positions of an axis, in any order and as often as wanted; exact, on elements of any type.
 *
 * <p>Shape: the axis is replaced by the axes of {@code indices}; none of them for a single index.
 *
 * @param axis the axis; negative counts from the end
 * @param indices integers; negative ones count from the end
 */
public record Take(int axis, Tensor indices) implements MoveOp {
  /** Refuses indices that are not integers. */
  public Take {
    if (!indices.dtype().isInteger()) {
      throw new IllegalArgumentException("indices are integers, got " + indices.dtype());
    }
  }

  @Override
  public Shape out(List<Shape> in) {
    Shape shape = in.get(0);
    int at = CommonShapeRules.axis("take", shape, axis);
    Dim size = shape.dim(at);
    for (long index : size.isFixed() ? indices.toLongs() : new long[0]) {
      if (index < -size.value() || index >= size.value()) {
        throw beyond(shape, at, index);
      }
    }
    return shape.sub(0, at).concat(indices.shape()).concat(shape.sub(at + 1, shape.rank()));
  }

  private static ShapeException beyond(Shape shape, int at, long index) {
    return new ShapeException(
        new Diagnosis(
            "take of index " + index + " along axis " + at + " of " + shape,
            "",
            "indices lie from -" + shape.dim(at) + " to " + shape.dim(at).plus(-1),
            "use an index that the axis has"));
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    int at = in.get(0).axis(axis);
    int size = in.get(0).size(at);
    int[][] tables = AxisTables.identity(in.get(0));
    tables[at] =
        Arrays.stream(indices.toLongs()).mapToInt(i -> (int) (i < 0 ? i + size : i)).toArray();
    return List.of(AxisTables.nest(in.get(0), tables));
  }

  /** The axes of the indices stay together, where the axis was. */
  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    int logical = in.get(0).shape().axis(axis);
    int extra = indices.shape().rank() - 1;
    int[] after =
        Arrays.stream(order)
            .flatMap(
                a ->
                    a == logical
                        ? IntStream.rangeClosed(a, a + extra)
                        : IntStream.of(a < logical ? a : a + extra))
            .toArray();
    return Optional.of(
        new ReorderedOp(new Take(AxisOrderSettings.stored(order, logical), indices), after));
  }
}
