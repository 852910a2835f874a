package dev.axiomml.core.error;

/** Sizes, ranks or element types that do not fit each other. */
public final class ShapeException extends AxiomException {
  private static final long serialVersionUID = 1L;

  /** An error with its four parts. */
  public ShapeException(Diagnosis diagnosis) {
    super(diagnosis);
  }

  /** An error with its four parts and what caused it. */
  public ShapeException(Diagnosis diagnosis, Throwable cause) {
    super(diagnosis, cause);
  }
}
