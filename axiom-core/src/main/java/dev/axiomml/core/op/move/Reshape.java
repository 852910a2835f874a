package dev.axiomml.core.op.move;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The same elements in the same row-major order under another shape.
 *
 * @param to the new shape, of the same volume; it may speak of the graph's symbols
 */
public record Reshape(Shape to) implements MoveOp {
  @Override
  public Shape out(List<Shape> in) {
    if (!in.get(0).volume().matches(to.volume())) {
      throw new ShapeException(
          new Diagnosis(
              "reshape of " + in.get(0) + " to " + to,
              "",
              "both shapes must hold the same number of elements, here "
                  + in.get(0).volume()
                  + " and "
                  + to.volume(),
              "choose sizes whose product is " + in.get(0).volume()));
    }
    return to;
  }

  @Override
  public Reshape bind(Function<String, Dim> sizes) {
    return new Reshape(to.bind(sizes));
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    return List.of(LoopNest.plain(List.of(Loop.of(to.count(), 1, 1))));
  }

  /** Axes that are merged or split must be stored side by side and in their order. */
  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return ReshapeGroups.of(in.get(0).shape(), to).flatMap(merges -> merges.relaid(order));
  }

  /** The same shape is the value itself. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return in.get(0).shape().equals(to) ? Optional.of(OpLowering.first()) : Optional.empty();
  }
}
