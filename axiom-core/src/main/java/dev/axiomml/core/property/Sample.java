package dev.axiomml.core.property;

import dev.axiomml.core.tensor.Tensor;

/** One sample's input and output, both with a batch axis of size one. */
public record Sample(Tensor input, Tensor output) {
  /** Sample number {@code i} of a batch. */
  public static Sample of(Tensor inputs, Tensor outputs, int i) {
    return new Sample(row(inputs, i), row(outputs, i));
  }

  private static Tensor row(Tensor batch, int i) {
    return batch.shape().rank() == 0 ? batch : batch.slice(i, i + 1);
  }

  /** What a property speaks of. */
  public Tensor subject(Subject subject) {
    return subject == Subject.INPUT ? input : output;
  }
}
