package dev.axiomml.interop.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What a JSON file holds, known by its outermost keys. */
final class JsonKinds {
  private JsonKinds() {}

  static FileSignatures.Found of(FileRegion file) {
    try (JsonParser json = new JsonFactory().createParser(new ByteBufferStream(file.bytes()))) {
      json.nextToken();
      Optional<FileSignatures.Found> found = Optional.empty();
      while (found.isEmpty() && json.nextToken() == JsonToken.FIELD_NAME) {
        found = key(json);
      }
      return found.orElseGet(
          () ->
              new FileSignatures.Found(
                  FileKind.JSON, "it has no weight_map and no format axiom.…"));
    } catch (IOException e) {
      return new FileSignatures.Found(
          FileKind.JSON,
          "it begins like JSON, then: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static Optional<FileSignatures.Found> key(JsonParser json) throws IOException {
    String key = json.currentName();
    JsonToken value = json.nextToken();
    String text = json.getText();
    json.skipChildren();
    if (key.equals("weight_map") && value == JsonToken.START_OBJECT) {
      return Optional.of(new FileSignatures.Found(FileKind.SHARD_INDEX, "JSON with a weight_map"));
    }
    return key.equals("format") && text.startsWith("axiom.")
        ? Optional.of(new FileSignatures.Found(FileKind.DESCRIPTOR, "JSON of format " + text))
        : Optional.empty();
  }

  /** A buffer as a stream, so that a mapped file is parsed where it lies. */
  private static final class ByteBufferStream extends java.io.InputStream {
    private final ByteBuffer bytes;

    ByteBufferStream(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (!bytes.hasRemaining()) {
        return length == 0 ? 0 : -1;
      }
      int count = Math.min(length, bytes.remaining());
      bytes.get(target, offset, count);
      return count;
    }
  }
}
