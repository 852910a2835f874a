package dev.axiomml.core.op.recurrent;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.PartsOp;
import dev.axiomml.core.op.RealInterval;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * One layer, one direction of a recurrent network.
 *
 * <p>Shape: x (N, T, in), and if wanted the first state (N, hidden) of each kind, to y (N, T,
 * hidden) and the last state (N, hidden) of each kind; y lies in the order of x even in reverse. A
 * member states a step; parts, run and gradient follow.
 */
public interface RecurrentOp extends PartsOp {
  /** The weights. */
  RecurrentWeights weights();

  /** How many gates the weights hold side by side. */
  int gates();

  /** How many kinds of state, the answer first. */
  int states();

  /**
   * The next state from the step's input, already multiplied (N, gates · hidden), and the state.
   */
  <V> List<V> step(OpEmitter<V> to, V input, List<V> state);

  /** Whether every state stays between −1 and 1 when it starts there; the bound of a proof. */
  boolean bounded();

  @Override
  default List<Parameter> parameters() {
    return weights().parameters();
  }

  @Override
  default List<Type> infer(List<Type> in) {
    if (in.size() != 1 && in.size() != 1 + states()) {
      FamilyTypes.arity(this, in, 1 + states());
    }
    weights().check(this, in, gates());
    Shape x = in.get(0).shape();
    Dim hidden = Dim.of(weights().hidden());
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
            return weights().unrolled(RecurrentOp.this, to, x);
          }
        });
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
    for (int k = 1; k < x.size(); k++) {
      for (int i = 0; i < x.get(k).size(); i++) {
        most = Math.max(most, RealInterval.of(x.get(k), i).size());
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

  /** Samples lie along axis 0, in the first states too. */
  @Override
  default OptionalInt rows(List<Type> in, SampleAxes samples) {
    boolean all = IntStream.range(0, in.size()).allMatch(k -> samples.of(k) == 0);
    return all ? OptionalInt.of(0) : OptionalInt.empty();
  }
}
