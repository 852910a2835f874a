package dev.axiomml.verify;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelExportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all. */
final class Whole {
  private Whole() {}

  /** Writes beside the place and moves there. */
  static void write(Path path, String text) {
    Path place = path.toAbsolutePath();
    Path aside = place.resolveSibling(place.getFileName() + ".part");
    try {
      Files.writeString(aside, text);
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
