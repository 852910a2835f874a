package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The smallest of one or more float values, element by element, broadcast from the right; NaN wins.
 * Exact.
 *
 * <p>Shape: all of them, broadcast.
 */
public record Min() implements RowOp {
  @Override
  public List<Type> infer(List<Type> in) {
    return Extremes.infer(this, in);
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    return List.of(Extremes.of(this, in, x, Math::min));
  }

  @Override
  public List<double[]> vjp(List<Type> in, List<double[]> x, List<double[]> g) {
    return Extremes.back(this, in, x, g.get(0));
  }

  /** It rises with every operand. */
  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    return Extremes.bound(this, in, x, Math::min);
  }

  @Override
  public boolean perSample(List<Type> in) {
    return Pairs.perSample(this, in);
  }

  @Override
  public Optional<Relaid> relaid(List<Type> in, int[] order) {
    return Optional.of(new Relaid(this, order));
  }

  /** {@code −max(−a, −b)}, which is exact. */
  @Override
  public Optional<Lowering> given(List<Type> in, List<Known> known) {
    return Optional.of(
        new Lowering() {
          @Override
          public <V> List<V> emit(Emitter<V> to, List<V> x) {
            List<V> turned = new ArrayList<>();
            for (V value : x) {
              turned.add(to.one(new Neg(), List.of(value)));
            }
            return to.emit(new Neg(), to.emit(new Max(), turned));
          }
        });
  }
}
