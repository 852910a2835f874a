package dev.axiomml.interop.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The committed models, whole and in parts. */
final class Fixtures {
  private static final Path ALL =
      Path.of("src/test/resources/dev/axiomml/interop").toAbsolutePath();
  private static final Path FOLDER = ALL.resolve("pytorch");
  private static final long SMALL = 4096;

  private Fixtures() {}

  /** The bytes of a model. */
  static byte[] file(String name) {
    try {
      return Files.readAllBytes(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All ONNX models of the tests, and the small ones of the shared corpus where that is. */
  static List<byte[]> onnx() {
    Path shared =
        Path.of(Objects.requireNonNullElse(System.getenv("AXIOM_SHARED"), "../../shared"));
    List<byte[]> all = new ArrayList<>(onnx(ALL, Long.MAX_VALUE));
    all.addAll(onnx(shared.resolve("corpus/onnx"), SMALL));
    return all;
  }

  private static List<byte[]> onnx(Path folder, long most) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<byte[]> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".onnx")).sorted().toList()) {
        if (Files.size(file) <= most) {
          all.add(Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** The bytes of one record of an archive. */
  static byte[] record(String archive, String record) {
    return records(archive).get(record);
  }

  /** The records of an archive, by name. */
  static Map<String, byte[]> records(String archive) {
    Map<String, byte[]> records = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(FOLDER.resolve(archive).toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        records.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  /** An archive of these records in which one has other content. */
  static byte[] with(Map<String, byte[]> records, String record, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(0);
      for (Map.Entry<String, byte[]> entry : records.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getKey().equals(record) ? content : entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
