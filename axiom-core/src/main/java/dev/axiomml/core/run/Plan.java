package dev.axiomml.core.run;

import dev.axiomml.core.tensor.RuntimeValue;
import java.nio.FloatBuffer;
import java.util.List;

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

  /** The input types, in order. */
  List<dev.axiomml.core.tensor.Type> inputs();

  /** What runs where, for a person. */
  String report();

  /** Frees what the plan holds outside the heap. */
  @Override
  void close();
}
