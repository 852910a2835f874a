package dev.axiomml.interop.file;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import java.nio.file.Path;

/**
 * A file and what it was found to hold.
 *
 * <p>Example: {@code ModelFile.detect(Path.of("model.pt")).kind()}.
 *
 * @param path the file
 * @param kind what it holds
 * @param reason how that was recognised
 * @param bytes its bytes, mapped
 */
public record ModelFile(Path path, FileKind kind, String reason, FileRegion bytes) {
  /**
   * Looks at a file's bytes, never at its name.
   *
   * @throws ModelImportException when there is no such file, or it is a zip archive that is cut,
   *     damaged or hostile
   */
  public static ModelFile detect(Path path) {
    return of(path, FileRegion.of(path));
  }

  /**
   * Looks at bytes that belong to a file of that name.
   *
   * @throws ModelImportException when they are a zip archive that is cut, damaged or hostile
   */
  public static ModelFile of(Path path, FileRegion bytes) {
    FileSignatures.Found found = FileSignatures.of(bytes, FilePlace.of(path));
    return new ModelFile(path, found.kind(), found.reason(), bytes);
  }

  /**
   * Looks at a file's bytes and requires a kind that can be read.
   *
   * @throws ModelImportException saying what the file is and what to do with it
   */
  public static ModelFile readable(Path path) {
    ModelFile file = detect(path);
    if (!file.kind.isReadable()) {
      throw file.place().fault("the file is " + file.kind.title(), file.reason, file.kind.fix());
    }
    return file;
  }

  /** Where errors about this file happen. */
  public FilePlace place() {
    return FilePlace.of(path);
  }

  /** An error that says what the file is and what would be read instead. */
  public ModelImportException refused(String what) {
    String fix = kind.isReadable() ? "open it with the reader for " + kind.title() : kind.fix();
    return place().fault(what, "it is " + kind.title() + ": " + reason, fix);
  }
}
