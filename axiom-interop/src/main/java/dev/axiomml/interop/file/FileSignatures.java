package dev.axiomml.interop.file;

import dev.axiomml.core.error.FilePlace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** How kinds of files begin. */
final class FileSignatures {
  /**
   * A kind and how it was recognised.
   *
   * @param kind the kind
   * @param reason one sentence
   */
  record Found(FileKind kind, String reason) {}

  private record Start(String bytes, FileKind kind) {}

  /** In Latin-1, one character a byte. */
  private static final List<Start> STARTS =
      List.of(
          new Start(
              "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.", FileKind.TORCH_STREAM),
          new Start("version https://git-lfs", FileKind.GIT_LFS),
          new Start("\u0093NUMPY", FileKind.NPY),
          new Start("\u0089HDF\r\n\u001a\n", FileKind.HDF5),
          new Start("GGUF", FileKind.GGUF),
          new Start("\u001f\u008b", FileKind.GZIP));

  private static final int HEAD = 1024;
  private static final int PACKED_HEAD = 1 << 16;

  private FileSignatures() {}

  static Found of(FileRegion file, FilePlace place) {
    if (file.size() == 0) {
      return new Found(FileKind.EMPTY, "it has 0 bytes");
    }
    String head = new String(file.head(HEAD), StandardCharsets.ISO_8859_1);
    if (head.startsWith("PK\u0003\u0004") || head.startsWith("PK\u0005\u0006")) {
      return ZipKinds.of(ZipArchive.open(file, place));
    }
    return packed(file)
        .or(() -> started(head))
        .or(() -> inside(file, head))
        .orElseGet(() -> guessed(file, head));
  }

  /** An ONNX model that gzip packed; nothing else is read packed. */
  private static Optional<Found> packed(FileRegion file) {
    if (file.size() < 2 || !GzipStream.isPacked(file.head(2)[0], file.head(2)[1])) {
      return Optional.empty();
    }
    try (InputStream bytes =
        GzipStream.unpacked(new ByteArrayInputStream(file.head(PACKED_HEAD)))) {
      String inner = new String(bytes.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
      return isOnnx(inner)
          ? Optional.of(new Found(FileKind.ONNX, "it holds an ONNX model, packed by gzip"))
          : Optional.empty();
    } catch (IOException notPacked) {
      return Optional.empty();
    }
  }

  private static Optional<Found> started(String head) {
    return STARTS.stream()
        .filter(start -> head.startsWith(start.bytes))
        .findFirst()
        .map(start -> new Found(start.kind, "its first bytes say so"));
  }

  private static Optional<Found> inside(FileRegion file, String head) {
    if (TarArchive.isOne(file)) {
      return Optional.of(new Found(FileKind.TORCH_TAR, "it is a tar archive"));
    }
    if (head.startsWith("TFL3", 4)) {
      return Optional.of(new Found(FileKind.TFLITE, "bytes 4 to 7 are TFL3"));
    }
    if (head.matches("(?s)....ET1[0-9].*")) {
      return Optional.of(new Found(FileKind.EXECUTORCH, "bytes 4 to 7 are ET1"));
    }
    String text = head.stripLeading();
    if (text.matches("(?is)(<!doctype html|<html|<\\?xml).*")) {
      return Optional.of(new Found(FileKind.HTML, "it begins with " + text.substring(0, 5)));
    }
    return Optional.empty();
  }

  private static Found guessed(FileRegion file, String head) {
    if (head.startsWith("{", 8) && head.charAt(7) == 0) {
      return new Found(FileKind.SAFETENSORS, "a length and { begin it");
    }
    if (head.stripLeading().startsWith("{")) {
      return JsonKinds.of(file);
    }
    if (isOnnx(head)) {
      return new Found(FileKind.ONNX, "it begins with the fields of an ONNX model");
    }
    if (file.size() >= 8 && headerLength(file) > 0 && headerLength(file) <= file.size() - 8) {
      return new Found(FileKind.SAFETENSORS, "a length that fits begins it");
    }
    if (head.charAt(0) == '\u0080' && head.length() > 1 && head.charAt(1) <= 5) {
      return new Found(FileKind.PICKLE, "it begins with a pickle's protocol");
    }
    return new Found(FileKind.UNKNOWN, "it begins with " + start(head));
  }

  private static long headerLength(FileRegion file) {
    return file.bytes(0, 8).getLong();
  }

  /** Field 1, a small IR version, then a field that a model has, of the right wire type. */
  private static boolean isOnnx(String head) {
    return head.length() > 2
        && head.charAt(0) == 0x08
        && head.charAt(1) > 0
        && head.charAt(1) < 0x40
        && "\u0012\u001a\"(2:Br".indexOf(head.charAt(2)) >= 0;
  }

  private static String start(String head) {
    StringBuilder hex = new StringBuilder("bytes");
    for (char c : head.substring(0, Math.min(8, head.length())).toCharArray()) {
      hex.append(String.format(" %02x", (int) c));
    }
    return hex.toString();
  }
}
