package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.OptionalInt;

/**
 * What an operator that has neither loop nests nor parts says of the samples of a batch; of all
 * others it is found out.
 */
public interface SampleStatement {
  /**
   * The axis along which the samples of a batch lie in every output: entry {@code i} along it is
   * one and the same function of entry {@code i} of each operand that holds samples, along its own
   * axis, and of the whole of each operand that does not; there are as many entries.
   *
   * <p>A promise that proofs stand on: what is proved of one sample is said of each of a batch.
   *
   * @param in the operands' types; those that hold samples are of one length along their axes
   * @param samples where the operands hold samples; at least one does
   * @return empty where nothing is promised
   */
  default OptionalInt rows(List<Type> in, SampleAxes samples) {
    return OptionalInt.empty();
  }
}
