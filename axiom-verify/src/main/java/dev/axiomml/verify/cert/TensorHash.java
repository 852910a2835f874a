package dev.axiomml.verify.cert;

import dev.axiomml.core.tensor.Tensor;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of a tensor's numbers, by which another person knows them again. */
public final class TensorHash {
  private TensorHash() {}

  /**
   * 64 hexadecimal digits, of the elements' little-endian bytes in row-major order: what {@code
   * sha256(numpy.load(file).tobytes())} is in Python.
   */
  public static String of(Tensor tensor) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(tensor.asBytes());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
