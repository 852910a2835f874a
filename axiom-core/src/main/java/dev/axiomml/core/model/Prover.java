package dev.axiomml.core.model;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.property.Output;
import java.util.ServiceLoader;

/**
 * What discharges a model's theorems; found by {@link java.util.ServiceLoader}, brought by {@code
 * axiom-verify}.
 */
public interface Prover {
  /** Answers every theorem and every ensure that the model declares. */
  <O extends Output> VerificationFindings verify(Model<O> model);

  /** The one on the class path. @throws ModelException when there is none */
  static Prover required() {
    return ServiceLoader.load(Prover.class)
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    new Diagnosis(
                        "no prover on the class path",
                        "Model.verify",
                        "proofs are the work of the module axiom-verify",
                        "add dev.axiomml:axiom-verify to the pom")));
  }
}
