package dev.axiomml.core.error;

/** A property that cannot be read, or that has no meaning for this model. */
public final class PropertyException extends AxiomException {
  private static final long serialVersionUID = 1L;

  /** An error with its four parts. */
  public PropertyException(Diagnosis diagnosis) {
    super(diagnosis);
  }

  /** An error with its four parts and what caused it. */
  public PropertyException(Diagnosis diagnosis, Throwable cause) {
    super(diagnosis, cause);
  }
}
