package dev.axiomml.verify.cert;

import java.util.List;
import java.util.Optional;

/**
 * What a certificate says about its own making, outside of every claim: no check looks at it, and
 * it adds nothing to a proof. A signature covers it.
 *
 * @param file SHA-256 of the file that the model was read from, 64 hexadecimal digits
 * @param tool the program that searched, with its version
 * @param kernels the kernels that ran the model, none for the reference
 * @param date when it was made, ISO 8601
 */
public record CertificateEnvelope(
    Optional<String> file, Optional<String> tool, List<String> kernels, Optional<String> date) {
  /** Nothing said. */
  public static final CertificateEnvelope NONE =
      new CertificateEnvelope(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

  /** Copies the list. */
  public CertificateEnvelope {
    kernels = List.copyOf(kernels);
  }
}
