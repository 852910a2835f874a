package dev.axiomml.interop.file;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelExportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Supplier;

/** Files written aside and moved into place, so that nobody sees half of one. */
public final class Aside {
  private Aside() {}

  /**
   * Writes parts one after the other; each is made when its turn comes.
   *
   * @throws ModelExportException when the file cannot be written; nothing is left behind then
   */
  public static void write(Path path, List<Supplier<ByteBuffer>> parts) {
    Path absolute = path.toAbsolutePath();
    try {
      Path folder = absolute.getParent();
      if (folder == null) {
        throw new IOException("no folder above " + absolute);
      }
      String name = ".%s.%x.part".formatted(absolute.getFileName(), System.nanoTime());
      Path part = folder.resolve(name);
      try {
        fill(part, parts);
        Files.move(part, absolute, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
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

  private static void fill(Path part, List<Supplier<ByteBuffer>> parts) throws IOException {
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (Supplier<ByteBuffer> supplier : parts) {
        drain(channel, supplier.get());
      }
    }
  }

  private static void drain(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
