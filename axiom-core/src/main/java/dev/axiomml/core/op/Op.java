package dev.axiomml.core.op;

import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * One step of a graph, a value that is equal to another of the same settings. Weights are operands.
 *
 * <p>An operator belongs to a family; the family says what its members state, and runs, gradients,
 * bounds and encodings are derived from that. Images are channels-last: (batch, height, width,
 * channels); axis 0 is an ordinary axis to an operator.
 */
public sealed interface Op permits SumOp, ScalarOp, WindowOp, RowOp, RunOp {
  /**
   * The types of the outputs; sizes may be symbolic.
   *
   * @throws ShapeException when the inputs do not fit; its place is empty, the graph's builder adds
   *     it
   */
  List<Type> infer(List<Type> in);

  /** The same operator with each real setting replaced, such as a slope or an epsilon. */
  default Op withSettings(DoubleUnaryOperator change) {
    return this;
  }

  /**
   * This operator as it works on operands of some types, its settings rounded once: to float32
   * where an operand is a tensor of float32 or a narrower float type, not at all on float64 tensors
   * and where nothing is known of the operands.
   *
   * <p>Every node holds its operator so. Value, slope, profile, bounds, hash, files and kernels
   * therefore speak of one function.
   */
  default Op on(List<Type> in) {
    boolean rounded =
        in.stream()
            .anyMatch(t -> t.isTensor() && t.dtype().isFloat() && t.dtype() != DType.FLOAT64);
    return rounded ? withSettings(setting -> (float) setting) : this;
  }

  /** The same operator with symbols in its own settings replaced. */
  default Op bind(Function<String, Dim> sizes) {
    return this;
  }

  /**
   * Something simpler that computes the same when some inputs are known; empty when nothing is
   * gained.
   */
  default Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return Optional.empty();
  }

  /**
   * The same step on values whose axes lie in another order.
   *
   * @param in the types in the order this operator speaks of
   * @param order stored axis {@code i} is this operator's axis {@code order[i]}, for every input of
   *     that rank
   * @return empty when the operator has no such rule: the graph then puts the axes back before it
   */
  default Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.empty();
  }

  /** The name in listings, e.g. {@code Conv}. */
  default String title() {
    return getClass().getSimpleName();
  }
}
