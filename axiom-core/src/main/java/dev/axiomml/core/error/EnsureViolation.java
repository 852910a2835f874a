package dev.axiomml.core.error;

/**
 * A prediction that broke an {@code ensure}: says which property, where in the output, and the
 * values.
 */
public final class EnsureViolation extends AxiomException {
  private static final long serialVersionUID = 1L;

  /** An error with its four parts. */
  public EnsureViolation(Diagnosis diagnosis) {
    super(diagnosis);
  }

  /** An error with its four parts and what caused it. */
  public EnsureViolation(Diagnosis diagnosis, Throwable cause) {
    super(diagnosis, cause);
  }
}
