package dev.axiomml.core.ir;

import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A way to read a graph backward: gradients, linear bounds.
 *
 * @param <A> what flows back into a value
 */
public interface ReverseReading<A> {
  /** What two uses of one value send back together. */
  A sum(A first, A second);

  /**
   * What a node sends back to its operands.
   *
   * @param out what came back into each result; empty where nothing did
   * @return one entry for each operand, empty where nothing goes
   */
  List<Optional<A>> node(Node at, List<Optional<A>> out);

  /** What arrived at a constant. */
  default void constant(Value at, Tensor tensor, A arrived) {}
}
