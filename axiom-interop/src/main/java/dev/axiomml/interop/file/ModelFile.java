package dev.axiomml.interop.file;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.model.ModelReader;
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
   * Looks at a file's bytes or at bytes in memory, never at the name.
   *
   * @throws ModelImportException when there is no such file, or it is a zip archive that is cut,
   *     damaged or hostile
   */
  public static ModelFile of(ModelReader.Source source) {
    Path path = source.path();
    return of(path, source.memory().map(FileRegion::of).orElseGet(() -> FileRegion.of(path)));
  }

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
    return readable(ModelReader.Source.of(path));
  }

  /** {@link #readable(Path)} of bytes that may be in memory. */
  public static ModelFile readable(ModelReader.Source source) {
    ModelFile file = of(source);
    if (!file.kind.isReadable()) {
      throw file.place().fault("the file is " + file.kind.title(), file.reason, file.kind.fix());
    }
    return file;
  }

  /** The file beside this one. @throws ModelImportException when this is in memory */
  public Path beside(String name) {
    if (!bytes.isFile()) {
      throw place()
          .fault(
              "a model in memory that names " + FilePlace.shown(name),
              "further files lie in the folder of the model's own, and bytes have none",
              "write the files into one folder and call Axiom.load(path)");
    }
    return path.resolveSibling(name);
  }

  /** Where errors about this file happen. */
  public FilePlace place() {
    return FilePlace.of(path);
  }

  /** An error that says what the file is and what would be read instead. */
  public ModelImportException refused(String what) {
    String fix = kind.isReadable() ? "call Axiom.load(path), which opens all kinds" : kind.fix();
    return place().fault(what, "it is " + kind.title() + ": " + reason, fix);
  }
}
