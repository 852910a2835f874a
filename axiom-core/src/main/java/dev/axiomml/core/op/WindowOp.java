package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * The largest element of each window; one float tensor in, one out.
 *
 * <p>A NaN in a window makes its output NaN. An empty window gives −∞. A member states its windows;
 * run, gradient (to the first winner), bounds and solver encoding follow.
 */
public non-sealed interface WindowOp extends Op {
  /** The output's shape. */
  Shape out(Shape in);

  /**
   * Tells the input elements of every output, in row-major order of the outputs. The shape is fixed
   * here.
   */
  void windows(Shape in, Sink sink);

  /** Receives windows. */
  @FunctionalInterface
  interface Sink {
    /**
     * The first {@code count} entries of {@code inputs} are the window of output {@code out}; the
     * array is used again.
     */
    void window(int out, int[] inputs, int count);
  }

  @Override
  default List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    return List.of(Type.of(out(in.get(0).shape()), FamilyTypes.floats(this, in)));
  }
}
