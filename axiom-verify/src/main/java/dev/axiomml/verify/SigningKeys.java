package dev.axiomml.verify;

import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.error.Diagnosis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 keys from PEM files, as {@code openssl genpkey -algorithm ed25519} makes them. */
public final class SigningKeys {
  private static final int LIMIT = 1 << 14;

  private SigningKeys() {}

  /** A key pair from its two files. */
  public static KeyPair pair(Path privatePem, Path publicPem) {
    return new KeyPair(publicKey(publicPem), privateKey(privatePem));
  }

  /** The key of a file of {@code PUBLIC KEY}. @throws CertificateException when it holds none */
  public static PublicKey publicKey(Path pem) {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(body(pem, "PUBLIC KEY")));
    } catch (GeneralSecurityException e) {
      throw new CertificateException(noKey(pem, "PUBLIC KEY"), e);
    }
  }

  private static PrivateKey privateKey(Path pem) {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new PKCS8EncodedKeySpec(body(pem, "PRIVATE KEY")));
    } catch (GeneralSecurityException e) {
      throw new CertificateException(noKey(pem, "PRIVATE KEY"), e);
    }
  }

  private static byte[] body(Path pem, String label) {
    try {
      String text =
          Files.size(pem) > LIMIT ? "" : Files.readString(pem, StandardCharsets.ISO_8859_1);
      String begin = "-----BEGIN " + label + "-----";
      int from = text.indexOf(begin);
      int to = text.indexOf("-----END " + label + "-----");
      if (from < 0 || to < from) {
        throw new CertificateException(noKey(pem, label));
      }
      return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    } catch (IOException e) {
      throw new CertificateException(noKey(pem, label), e);
    }
  }

  private static Diagnosis noKey(Path pem, String label) {
    return new Diagnosis(
        "no Ed25519 key of the kind " + label,
        pem.toString(),
        "certificates are signed with Ed25519 keys in PEM files",
        "make one with: openssl genpkey -algorithm ed25519 -out key.pem; openssl pkey -in key.pem"
            + " -pubout -out key.pub.pem");
  }
}
