package dev.axiomml.core.property.statement;

import dev.axiomml.core.property.Subject;
import dev.axiomml.core.tensor.Tensor;

/** One sample's input and output, both with a batch axis of size one. */
public record Sample(Tensor input, Tensor output) {
  /** What a property speaks of. */
  public Tensor subject(Subject subject) {
    return subject == Subject.INPUT ? input : output;
  }
}
