package dev.axiomml.core.error;

/** A backend that is missing, refuses a graph, or failed; never answered by a silent fallback. */
public final class BackendException extends AxiomException {
  private static final long serialVersionUID = 1L;

  /** An error with its four parts. */
  public BackendException(Diagnosis diagnosis) {
    super(diagnosis);
  }

  /** An error with its four parts and what caused it. */
  public BackendException(Diagnosis diagnosis, Throwable cause) {
    super(diagnosis, cause);
  }
}
