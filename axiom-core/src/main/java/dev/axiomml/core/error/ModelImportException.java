package dev.axiomml.core.error;

/**
 * A file that cannot be read as a model or as tensors; names the file, the record and the way out.
 */
public final class ModelImportException extends AxiomException {
  private static final long serialVersionUID = 1L;

  /** An error with its four parts. */
  public ModelImportException(Diagnosis diagnosis) {
    super(diagnosis);
  }

  /** An error with its four parts and what caused it. */
  public ModelImportException(Diagnosis diagnosis, Throwable cause) {
    super(diagnosis, cause);
  }
}
