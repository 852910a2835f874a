package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The largest of one or more float values, element by element, broadcast from the right; NaN wins.
 * Exact.
 *
 * <p>Shape: all of them, broadcast.
 */
public record Max() implements ExtremeOp {
  @Override
  public double best(double a, double b) {
    return Math.max(a, b);
  }

  /** As windows over a new last axis, which have linear bounds. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    Shape out = infer(in).get(0).shape();
    return Optional.of(
        new OpLowering() {
          @Override
          public <V> List<V> emit(OpEmitter<V> to, List<V> x) {
            List<V> stacked = new ArrayList<>();
            for (V value : x) {
              stacked.add(standing(to, value, out));
            }
            return to.emit(
                new ReduceMax(List.of(-1), false), List.of(to.one(new Concat(-1), stacked)));
          }
        });
  }

  /** A value broadcast to a shape, with a new last axis of size 1. */
  private static <V> V standing(OpEmitter<V> to, V value, Shape out) {
    V wide = to.type(value).shape().equals(out) ? value : to.one(new Expand(out), List.of(value));
    return to.one(new Reshape(out.concat(Shape.of(1))), List.of(wide));
  }
}
