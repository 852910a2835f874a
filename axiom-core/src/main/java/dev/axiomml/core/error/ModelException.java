package dev.axiomml.core.error;

/** A model that cannot be built, changed or asked this way. */
public final class ModelException extends AxiomException {
  private static final long serialVersionUID = 1L;

  /** An error with its four parts. */
  public ModelException(Diagnosis diagnosis) {
    super(diagnosis);
  }

  /** An error with its four parts and what caused it. */
  public ModelException(Diagnosis diagnosis, Throwable cause) {
    super(diagnosis, cause);
  }
}
