package dev.axiomml.verify;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.DataLoader;
import dev.axiomml.core.model.SampleSource;
import dev.axiomml.verify.cert.FileHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The file behind samples, named so that another person can find the very same. */
final class SampleFile {
  private SampleFile() {}

  /** Name and hash of the file that a loader's samples came from. */
  static Optional<SampleSource> of(DataLoader data) {
    return data.origin().map(SampleFile::of);
  }

  private static SampleSource of(Path file) {
    try {
      return new SampleSource(String.valueOf(file.getFileName()), FileHash.of(file));
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
}
