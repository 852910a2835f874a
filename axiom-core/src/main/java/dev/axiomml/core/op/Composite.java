package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * An operator that can be put together from others.
 *
 * <p>The parts compute the same up to rounding and hold every weight in an affine operator, so that
 * a proof has linear bounds and a training step a gradient for each weight. The pass {@code
 * UnrollComposites} puts the parts in its place.
 */
public interface Composite {
  /** The parts; empty when the sizes do not tell them yet. */
  Optional<OpLowering> parts(List<Type> in);

  /** Whether the inference graph holds the parts of operands of these types in its place. */
  default boolean isLowered(List<Type> in) {
    return false;
  }
}
