package dev.axiomml.verify;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.SampleSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The file behind samples, named so that another person can find the very same. */
final class SampleFile {
  private SampleFile() {}

  /** Name and hash of the file that a loader's samples came from. */
  static Optional<SampleSource> of(DataLoader data) {
    return data.origin().map(SampleFile::of);
  }

  private static SampleSource of(Path file) {
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256())) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      byte[] digest = ((DigestInputStream) in).getMessageDigest().digest();
      return new SampleSource(String.valueOf(file.getFileName()), HexFormat.of().formatHex(digest));
    } catch (IOException e) {
      throw new ModelImportException(
          new Diagnosis(
              "cannot read " + file,
              file.toString(),
              "a test names the file of its samples by its hash: " + e,
              "leave the file in its place until the report is there"),
          e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
