package dev.axiomml.core.op.recurrent;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.common.RealInterval;
import dev.axiomml.core.op.parts.PartsOp;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One layer, one direction of a recurrent network.
 *
 * <p>Shape: x (N, T, in), weights as {@link RecurrentForm} has them, and if wanted the first state
 * (N, hidden) of each kind, to y (N, T, hidden) and the last state (N, hidden) of each kind; y lies
 * in the order of x even in reverse. A member states a step; parts, run and gradient follow.
 */
public interface RecurrentOp extends PartsOp {
  /** The longest sequences that plans and proofs take step by step. */
  int LONGEST_UNROLLED = 64;

  /** Which weights it has, and its direction. */
  RecurrentForm form();

  /** How many gates the weights hold side by side. */
  int gates();

  /** How many kinds of state, the answer first. */
  int states();

  /**
   * The next state from the step's input, already multiplied (N, gates · hidden), the state and all
   * operands.
   */
  <V> List<V> step(OpEmitter<V> to, V input, List<V> state, List<V> operands);

  /** Whether every state stays between −1 and 1 when it starts there; the bound of a proof. */
  boolean bounded();

  @Override
  default List<Type> infer(List<Type> in) {
    int weighted = form().weighted();
    if (in.size() != weighted) {
      FamilyTypes.arity(this, in, weighted + states());
    }
    form().check(this, FamilyTypes.shapes(in));
    Shape x = in.get(0).shape();
    Dim hidden = in.get(2).shape().dim(0);
    List<Type> out = new ArrayList<>();
    out.add(Type.of(x.with(2, hidden), FamilyTypes.floats(this, in)));
    for (int i = 0; i < states(); i++) {
      out.add(Type.of(Shape.of(x.dim(0), hidden), in.get(0).dtype()));
    }
    return out;
  }

  @Override
  default Optional<OpLowering> parts(List<Type> in) {
    if (!in.get(0).shape().dim(1).isFixed()) {
      return Optional.empty();
    }
    return Optional.of(
        new OpLowering() {
          @Override
          public <V> List<V> emit(OpEmitter<V> to, List<V> x) {
            return form().unrolled(RecurrentOp.this, to, x);
          }
        });
  }

  /** A sequence of few steps; a longer one would make thousands of nodes. */
  @Override
  default boolean isLowered(List<Type> in) {
    Dim steps = in.get(0).shape().dim(1);
    return steps.isFixed() && in.get(0).shape().size(1) <= LONGEST_UNROLLED;
  }

  /**
   * What the gates allow: between −1 and 1 and the first state; nothing is claimed of a state that
   * can grow.
   */
  @Override
  default Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    if (!bounded()) {
      return Optional.empty();
    }
    double most = 1;
    for (Box state : form().states(x)) {
      for (int i = 0; i < state.size(); i++) {
        most = Math.max(most, RealInterval.of(state, i).size());
      }
    }
    double wide = most * (1 + 16 * RealInterval.U * in.get(0).shape().size(1));
    return Optional.of(infer(in).stream().map(type -> around(type, wide)).toList());
  }

  private static Box around(Type type, double size) {
    double[] lo = new double[type.shape().count()];
    double[] hi = new double[lo.length];
    Arrays.fill(lo, -size);
    Arrays.fill(hi, size);
    return new Box(lo, hi).sane();
  }
}
