package dev.axiomml.interop.file;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A file mapped in windows of a gibibyte, each when it is first asked for. */
final class MappedFile implements FileRegion.Source {
  private static final long WINDOW = 1L << 30;

  private final Path path;
  private final long size;
  private final Map<Long, ByteBuffer> windows = new ConcurrentHashMap<>();

  private MappedFile(Path path, long size) {
    this.path = path;
    this.size = size;
  }

  static MappedFile of(Path path) {
    if (!Files.exists(path)) {
      throw FilePlace.of(path).fault("no such file: " + path, "nothing is there", "check the path");
    }
    if (!Files.isRegularFile(path)) {
      throw FilePlace.of(path)
          .fault(
              path + " is no file",
              "a model is one file; a folder of shards is named by its .index.json",
              "name the file in the folder");
    }
    try {
      return new MappedFile(path, Files.size(path));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  long size() {
    return size;
  }

  @Override
  public ByteBuffer bytes(long from, int length) {
    long window = from / WINDOW;
    long inside = from - window * WINDOW;
    if (inside + length > WINDOW) {
      return map(from, length);
    }
    ByteBuffer mapped = windows.computeIfAbsent(window, this::window);
    return mapped.slice((int) inside, length);
  }

  private ByteBuffer window(long index) {
    long from = index * WINDOW;
    return map(from, Math.min(WINDOW, size - from));
  }

  private ByteBuffer map(long from, long length) {
    try (FileChannel channel = FileChannel.open(path)) {
      if (channel.size() < from + length) {
        throw FilePlace.of(path)
            .fault(
                "the file was cut while it was read",
                "it had " + size + " bytes when it was opened, now " + channel.size(),
                "do not write to a model file that is in use");
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, from, length);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static ModelImportException unreadable(Path path, IOException cause) {
    return FilePlace.of(path)
        .fault(
            new Diagnosis(
                "cannot read " + path, "", String.valueOf(cause), "check the file's permissions"),
            cause);
  }
}
