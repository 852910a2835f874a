package dev.axiomml.core.op.parts;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.Composite;
import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * A function of whole tensors that is stated by its parts; run and gradient follow from them, and
 * so do proofs, which take the parts where a member has no rule of its own.
 */
public interface PartsOp extends RowOp, Composite {
  @Override
  default List<double[]> apply(List<Type> in, List<double[]> x) {
    DoubleEmitter to = new DoubleEmitter();
    return parts(in).orElseThrow().emit(to, to.values(in, x)).stream()
        .map(DoubleEmitter.Numbers::elements)
        .toList();
  }

  /** Whether gradients go back through the parts; else {@link #gradient} says how. */
  default boolean isDifferentiatedByParts() {
    return true;
  }

  @Override
  default <V> List<Optional<V>> gradient(GradientStep<V> at) {
    return at.through(parts(at.in().stream().map(at::type).toList()).orElseThrow());
  }

  @Override
  default Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    return Optional.empty();
  }
}
