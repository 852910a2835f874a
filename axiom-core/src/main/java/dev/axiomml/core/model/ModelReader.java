package dev.axiomml.core.model;

import dev.axiomml.core.error.FilePlace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Something that opens files as models; found by {@link java.util.ServiceLoader}, brought by {@code
 * axiom-interop}. The first that recognizes a file reads it.
 */
public interface ModelReader {
  /**
   * Where a model's bytes are.
   *
   * @param path the file; for bytes in memory what errors call them and the model is named after
   * @param memory the bytes where they are in memory; they are not copied and must not change while
   *     a model of them is in use
   */
  record Source(Path path, Optional<ByteBuffer> memory) {
    /** A file. */
    public static Source of(Path path) {
      return new Source(path, Optional.empty());
    }

    /** The bytes between a buffer's position and its limit. */
    public static Source of(String name, ByteBuffer bytes) {
      return new Source(Path.of(name), Optional.of(bytes.slice().asReadOnlyBuffer()));
    }

    /**
     * What is left of a stream, read into memory and not closed. @throws
     * dev.axiomml.core.error.ModelImportException when it cannot be read
     */
    public static Source of(String name, InputStream stream) {
      try {
        return of(name, ByteBuffer.wrap(stream.readAllBytes()));
      } catch (IOException e) {
        throw new FilePlace(name)
            .fault("cannot read the stream", String.valueOf(e), "pass a stream that is open");
      }
    }
  }

  /** Whether the bytes, never the name, are of a kind that this reads. */
  boolean recognizes(Source source);

  /**
   * The model.
   *
   * @param layout the order of axes of its inputs and outputs
   * @param inputs what the inputs look like, in order, where the file does not say it
   * @throws dev.axiomml.core.error.ModelImportException saying what the file is where it is of
   *     another kind, and what is wrong with it where it is damaged
   */
  Model<?> read(Source source, Layout layout, List<InputSpec> inputs);
}
