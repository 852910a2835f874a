package dev.axiomml.core.error;

/** A certificate that cannot be read, or that does not belong to this model. */
public final class CertificateException extends AxiomException {
  private static final long serialVersionUID = 1L;

  /** An error with its four parts. */
  public CertificateException(Diagnosis diagnosis) {
    super(diagnosis);
  }

  /** An error with its four parts and what caused it. */
  public CertificateException(Diagnosis diagnosis, Throwable cause) {
    super(diagnosis, cause);
  }
}
