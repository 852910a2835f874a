package dev.axiomml.cli.argument;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;

/** Reads names of files. */
public final class PathConverter implements ITypeConverter<Path> {
  @Override
  public Path convert(String word) {
    return path(word);
  }

  /** A path. @throws ModelImportException where this system or this locale has no such name */
  static Path path(String word) {
    if (word.isEmpty()) {
      throw refused("an empty file name", "a file has a name", "write the name of the file", null);
    }
    try {
      return Path.of(word);
    } catch (InvalidPathException e) {
      throw refused(
          "the file name " + word.replace('\0', '\uFFFD') + " cannot be used",
          "this Java reads names of files as "
              + System.getProperty("sun.jnu.encoding")
              + ", and "
              + e.getReason(),
          "export LC_ALL=C.UTF-8",
          e);
    }
  }

  private static ModelImportException refused(
      String what, String why, String fix, @Nullable Exception cause) {
    Diagnosis diagnosis = new Diagnosis(what, "the command line", why, fix);
    return cause == null
        ? new ModelImportException(diagnosis)
        : new ModelImportException(diagnosis, cause);
  }
}
