package dev.axiomml.core.error;

import java.util.Objects;

/**
 * Misuse or bad input, with a {@link Diagnosis}; every exception that Axiom throws on purpose is
 * one of these.
 */
public class AxiomException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnosis diagnosis;

  /** An exception whose message is the diagnosis. */
  public AxiomException(Diagnosis diagnosis) {
    super(Objects.requireNonNull(diagnosis).toString());
    this.diagnosis = diagnosis;
  }

  /** An exception with what caused it below. */
  public AxiomException(Diagnosis diagnosis, Throwable cause) {
    super(Objects.requireNonNull(diagnosis).toString(), cause);
    this.diagnosis = diagnosis;
  }

  /** What, where, why and fix. */
  public final Diagnosis diagnosis() {
    return diagnosis;
  }
}
