package dev.axiomml.verify.cert;

import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over numbers, texts and tensors, each written so that no two sequences look the same. */
final class ContentFingerprint {
  private final MessageDigest sha;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13);

  ContentFingerprint(String kind) {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    text(kind);
  }

  ContentFingerprint number(int number) {
    if (buffer.remaining() < Integer.BYTES) {
      flush();
    }
    buffer.putInt(number);
    return this;
  }

  ContentFingerprint text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    flush();
    sha.update(bytes);
    return this;
  }

  ContentFingerprint tensor(Tensor tensor) {
    text(tensor.type().toString());
    if (tensor.dtype() == DType.STRING) {
      for (int i = 0; i < tensor.size(); i++) {
        text(tensor.textAt(i));
      }
      return this;
    }
    flush();
    sha.update(tensor.asBytes());
    return this;
  }

  String hex() {
    flush();
    return HexFormat.of().formatHex(sha.digest());
  }

  private void flush() {
    sha.update(buffer.flip());
    buffer.clear();
  }
}
