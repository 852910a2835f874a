package dev.axiomml.core.op;

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
public record Max() implements RowOp {
  @Override
  public List<Type> infer(List<Type> in) {
    return Extremes.infer(this, in);
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    return List.of(Extremes.of(this, in, x, Math::max));
  }

  @Override
  public List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g) {
    return Extremes.back(this, in, x, g.get(0));
  }

  /** It rises with every operand. */
  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    return Extremes.bound(this, in, x, Math::max);
  }

  @Override
  public boolean perSample(List<Type> in) {
    return Pairs.perSample(this, in);
  }

  @Override
  public Optional<Relaid> relaid(List<Type> in, int[] order) {
    return Optional.of(new Relaid(this, order));
  }

  /** As windows over a new last axis, which have linear bounds. */
  @Override
  public Optional<Lowering> given(List<Type> in, List<Known> known) {
    Shape out = infer(in).get(0).shape();
    return Optional.of(
        new Lowering() {
          @Override
          public <V> List<V> emit(Emitter<V> to, List<V> x) {
            List<V> stacked = new ArrayList<>();
            for (V value : x) {
              stacked.add(Extremes.standing(to, value, out));
            }
            return to.emit(
                new ReduceMax(List.of(-1), false), List.of(to.one(new Concat(-1), stacked)));
          }
        });
  }
}
