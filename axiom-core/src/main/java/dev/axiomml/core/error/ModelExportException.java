package dev.axiomml.core.error;

/** A model that the chosen file format cannot hold. */
public final class ModelExportException extends AxiomException {
  private static final long serialVersionUID = 1L;

  /** An error with its four parts. */
  public ModelExportException(Diagnosis diagnosis) {
    super(diagnosis);
  }

  /** An error with its four parts and what caused it. */
  public ModelExportException(Diagnosis diagnosis, Throwable cause) {
    super(diagnosis, cause);
  }
}
