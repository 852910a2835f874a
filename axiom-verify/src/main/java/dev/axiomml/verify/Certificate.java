package dev.axiomml.verify;

import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.model.Model;
import dev.axiomml.verify.cert.CertificateDocument;
import dev.axiomml.verify.cert.CertificateEnvelope;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.check.CheckLimits;
import dev.axiomml.verify.check.CheckResult;
import dev.axiomml.verify.check.Checker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Claims about one model with everything that is needed to check the answers without searching
 * again.
 *
 * <p>It names its model by the hash of the whole model. The format is {@link
 * CertificateDocument}'s. A signature says who stands behind it; it adds nothing to the proofs.
 */
public final class Certificate {
  private static final long LIMIT = 1L << 28;
  private final CertificateDocument document;
  private final Optional<String> signature;

  private Certificate(CertificateDocument document, Optional<String> signature) {
    this.document = document;
    this.signature = signature;
  }

  /** A certificate of claims about a model, not signed. */
  public static Certificate of(Model<?> model, List<Claim> claims) {
    return new Certificate(CertificateDocument.of(model, claims), Optional.empty());
  }

  /**
   * Reads a file.
   *
   * @throws CertificateException when it is missing, larger than 256 MiB, truncated or anything but
   *     a certificate, with the place
   */
  public static Certificate load(Path path) {
    try (InputStream file = Files.newInputStream(path)) {
      if (Files.size(path) > LIMIT) {
        throw unreadable(path, "it has " + Files.size(path) + " bytes, the limit is " + LIMIT);
      }
      return of(CertificateDocument.parse(file));
    } catch (IOException e) {
      throw new CertificateException(unreadable(path, String.valueOf(e)).diagnosis(), e);
    } catch (CertificateException e) {
      throw new CertificateException(e.diagnosis().at(path.toString()), e);
    }
  }

  private static CertificateException unreadable(Path path, String why) {
    return new CertificateException(
        new Diagnosis(
            "certificate cannot be read: " + why,
            path.toString(),
            "a certificate is one JSON file of at most 256 MiB",
            "take the file as it was written by report.certificate().save(path)"));
  }

  /** Reads JSON text. @throws CertificateException for everything that is not in the format */
  public static Certificate parse(String json) {
    return of(CertificateDocument.parse(json));
  }

  private static Certificate of(CertificateDocument.Signed signed) {
    return new Certificate(signed.document(), signed.signature());
  }

  /** What it says. */
  public CertificateDocument document() {
    return document;
  }

  /** The hash of the model that it speaks of. */
  public String modelHash() {
    return document.hash();
  }

  /** Whether it carries a signature; {@link #verifySignature} tells whose. */
  public boolean isSigned() {
    return signature.isPresent();
  }

  /**
   * Checks it against a model, independently of the search: proofs are followed in whole numbers,
   * counterexamples are run. The answer lists what it established; a certificate of another model
   * is not valid, and the answer names both hashes.
   */
  public CheckResult check(Model<?> model) {
    return Checker.check(document, model);
  }

  /** The same with limits, for one who has not all day. */
  public CheckResult check(Model<?> model, CheckLimits limits) {
    return Checker.check(document, model, limits);
  }

  /**
   * What a check looks at, before it has looked at any proof, as JSON: the network for one sample,
   * regions, statements and proofs, for a checker of another make such as {@code
   * tools/check_certificate.py}.
   *
   * @throws CertificateException where it speaks of another model
   */
  public String dump(Model<?> model) {
    return Checker.dump(document, model);
  }

  /** The same, saying more of its own making; not signed. */
  public Certificate with(CertificateEnvelope envelope) {
    return new Certificate(document.with(envelope), Optional.empty());
  }

  /** The JSON text, for people. */
  public String toJson() {
    return document.toJson(signature, true);
  }

  /** Writes the file beside its place and moves it there, so that it is there whole or not. */
  public void save(Path path) {
    WholeFile.write(path, to -> document.write(to, signature, true));
  }

  /** This certificate signed with an Ed25519 key. @throws CertificateException for another key */
  public Certificate sign(KeyPair keys) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(keys.getPrivate());
      signed(signer);
      String text = Base64.getEncoder().encodeToString(signer.sign());
      return new Certificate(document, Optional.of(text));
    } catch (GeneralSecurityException e) {
      throw wrongKey(keys.getPrivate().getAlgorithm(), e);
    }
  }

  /**
   * Whether the owner of a key has signed exactly this; false when it is not signed. @throws
   * CertificateException when the key is no Ed25519 key
   */
  public boolean verifySignature(PublicKey key) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      signed(verifier);
      return signature.isPresent() && matches(verifier, signature.get());
    } catch (GeneralSecurityException e) {
      throw wrongKey(key.getAlgorithm(), e);
    }
  }

  /** Bytes that are no signature at all are as good as those of another key. */
  private static boolean matches(Signature verifier, String text) {
    try {
      return verifier.verify(Base64.getDecoder().decode(text));
    } catch (java.security.SignatureException | IllegalArgumentException notASignature) {
      return false;
    }
  }

  /** Everything but the signature, as it is written without spaces. */
  private void signed(Signature to) {
    try {
      document.write(new SignedStream(to), Optional.empty(), false);
    } catch (IOException e) {
      throw new IllegalStateException("a signature refused bytes", e);
    }
  }

  /** Bytes on their way into a signature. */
  private static final class SignedStream extends OutputStream {
    private final Signature to;

    SignedStream(Signature to) {
      this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        to.update(bytes, from, count);
      } catch (java.security.SignatureException e) {
        throw new IOException(e);
      }
    }
  }

  private static CertificateException wrongKey(String algorithm, GeneralSecurityException cause) {
    return new CertificateException(
        new Diagnosis(
            "a key of " + algorithm + " cannot sign or verify a certificate",
            "",
            "certificates are signed with Ed25519",
            "make a key with: openssl genpkey -algorithm ed25519 -out key.pem"),
        cause);
  }
}
