package dev.axiomml.interop.file;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelExportException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Supplier;

/** Files written aside and moved into place, so that no reader sees half of one. */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes parts one after the other; each is made when its turn comes.
   *
   * @throws ModelExportException when the file cannot be written; nothing is left behind then
   */
  public static void write(Path path, List<Supplier<ByteBuffer>> parts) {
    fill(
        path,
        channel -> {
          for (Supplier<ByteBuffer> supplier : parts) {
            drain(channel, supplier.get());
          }
        });
  }

  /**
   * Writes what comes out of a stream.
   *
   * @throws ModelExportException when the file cannot be written; nothing is left behind then
   */
  public static void write(Path path, Content content) {
    fill(path, channel -> content.to(Channels.newOutputStream(channel)));
  }

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it. */
    void to(OutputStream out) throws IOException;
  }

  private interface Filling {
    void into(FileChannel channel) throws IOException;
  }

  private static void fill(Path path, Filling filling) {
    Path absolute = path.toAbsolutePath();
    try {
      Path folder = absolute.getParent();
      if (folder == null) {
        throw new IOException("no folder above " + absolute);
      }
      String name = ".%s.%x.part".formatted(absolute.getFileName(), System.nanoTime());
      move(filling, folder.resolve(name), absolute);
    } catch (IOException e) {
      throw new ModelExportException(
          new Diagnosis(
              "cannot write " + path,
              path.toString(),
              String.valueOf(e),
              "check that the folder exists, may be written to and has room"),
          e);
    }
  }

  private static void move(Filling filling, Path part, Path target) throws IOException {
    try {
      try (FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        filling.into(channel);
      }
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void drain(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
