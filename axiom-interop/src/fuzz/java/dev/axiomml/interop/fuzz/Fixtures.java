package dev.axiomml.interop.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The committed models, whole and in parts. */
final class Fixtures {
  private static final Path FOLDER =
      Path.of("src/test/resources/dev/axiomml/interop/pytorch").toAbsolutePath();

  private Fixtures() {}

  /** The bytes of a model. */
  static byte[] file(String name) {
    try {
      return Files.readAllBytes(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
