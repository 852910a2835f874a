package dev.axiomml.verify;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Prover;
import dev.axiomml.core.model.VerificationFindings;
import dev.axiomml.core.property.Output;

/** What {@code model.verify()} finds on the class path: {@link Verifier#verify(Model)}. */
public final class ModelProver implements Prover {
  /** For {@link java.util.ServiceLoader}; use {@link Model#verify()}. */
  public ModelProver() {}

  @Override
  public <O extends Output> VerificationFindings verify(Model<O> model) {
    return Verifier.verify(model);
  }
}
