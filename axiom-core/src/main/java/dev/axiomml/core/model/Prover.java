package dev.axiomml.core.model;

import dev.axiomml.core.property.Output;

/**
 * What discharges a model's theorems; found by {@link java.util.ServiceLoader}, brought by {@code
 * axiom-verify}.
 */
public interface Prover {
  /** Answers every theorem and every ensure that the model declares. */
  <O extends Output> VerificationFindings verify(Model<O> model);
}
