package dev.axiomml.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
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
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }
}
