package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.scalar.Neg;
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
public record Min() implements ExtremeOp {
  @Override
  public double best(double a, double b) {
    return Math.min(a, b);
  }

  /** {@code −max(−a, −b)}, which is exact. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return Optional.of(
        new OpLowering() {
          @Override
          public <V> List<V> emit(OpEmitter<V> to, List<V> x) {
            List<V> turned = new ArrayList<>();
            for (V value : x) {
              turned.add(to.one(new Neg(), List.of(value)));
            }
            return to.emit(new Neg(), to.emit(new Max(), turned));
          }
        });
  }
}
