package dev.axiomml.verify;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelExportException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all. */
final class WholeFile {
  private WholeFile() {}

  /** Writes beside the place and moves there. */
  static void write(Path path, String text) {
    write(path, to -> to.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Something that is written in one go. */
  interface Content {
    void to(OutputStream stream) throws IOException;
  }

  /** The same, as it comes. */
  static void write(Path path, Content content) {
    Path place = path.toAbsolutePath();
    Path aside = place.resolveSibling(place.getFileName() + ".part");
    try {
      try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(aside))) {
        content.to(stream);
      }
      Files.move(aside, place, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new ModelExportException(
          new Diagnosis(
              "cannot write " + path,
              path.toString(),
              String.valueOf(e),
              "choose a file in a folder that exists and can be written"),
          e);
    }
  }
}
