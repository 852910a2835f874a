package dev.axiomml.core.run;

import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A graph made ready to run for fixed input shapes; safe to use from many threads until it is
 * closed.
 */
public interface Plan extends AutoCloseable {
  /** Runs once. */
  List<RuntimeValue> run(List<RuntimeValue> in);

  /**
   * Runs a plan of one input once between buffers of float32 elements, row-major from their
   * positions on; positions do not move.
   *
   * <p>Direct buffers are used in place by backends that can.
   *
   * @param out receives the first output
   */
  default void run(FloatBuffer in, FloatBuffer out) {
    TensorBuffers.run(this, in, out);
  }

  /**
   * A plan of the same nodes over other weights, which shares with this one what it can; empty
   * where the backend has to compile anew. Both are closed by their owner.
   *
   * @param change the tensor in place of each of the graph's known ones, of the same type
   */
  default Optional<Plan> withTensors(UnaryOperator<Tensor> change) {
    return Optional.empty();
  }

  /** The input types, in order. */
  List<dev.axiomml.core.tensor.Type> inputs();

  /**
   * The layers whose rounding is not what proofs assume of every execution; none at the levels
   * STRICT and STANDARD. A plan that has any is no execution that {@code PROVED} speaks of.
   */
  default List<RoundingDeparture> departures() {
    return List.of();
  }

  /** What runs where, for a person. */
  String report();

  /** Frees what the plan holds outside the heap. */
  @Override
  void close();
}
