package dev.axiomml.interop.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.FilePlace;
import dev.axiomml.core.error.ModelImportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives are read by their central directory, and refused where two readers could differ. */
class ZipArchiveTest {
  private static final FilePlace PLACE = FilePlace.of(Path.of("file.pt"));

  private static ZipArchive open(byte[] bytes) {
    return ZipArchive.open(FileRegion.of(bytes), PLACE);
  }

  private static ModelImportException refusal(byte[] bytes) {
    return catchThrowableOfType(ModelImportException.class, () -> open(bytes));
  }

  private static byte[] zip(int method, String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        byte[] text = namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8);
        ZipEntry entry = new ZipEntry(namesAndTexts[i]);
        entry.setMethod(method);
        entry.setSize(text.length);
        CRC32 crc = new CRC32();
        crc.update(text);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(text);
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
  void records_are_read_in_order_stored_or_deflated(int method) throws IOException {
    ZipArchive zip =
        open(zip(method, "a/data.pkl", "one", "a/data/0", "two two two", "a/empty", ""));

    assertThat(zip.names()).containsExactly("a/data.pkl", "a/data/0", "a/empty");
    assertThat(zip.text("a/data.pkl")).isEqualTo("one");
    assertThat(zip.text("a/data/0")).isEqualTo("two two two");
    assertThat(zip.record("a/empty").size()).isZero();
  }

  @Test
  void a_missing_record_is_named() throws IOException {
    ZipArchive zip = open(zip(ZipEntry.STORED, "a", "x"));

    ModelImportException refusal =
        catchThrowableOfType(ModelImportException.class, () -> zip.record("b"));

    assertThat(refusal.diagnosis().what()).isEqualTo("record b is missing");
    assertThat(refusal.diagnosis().where()).isEqualTo("file.pt");
  }

  @Test
  void every_truncation_is_refused() throws IOException {
    byte[] whole = zip(ZipEntry.STORED, "a/data.pkl", "one", "a/data/0", "two");

    for (int length = 0; length < whole.length; length++) {
      assertThat(refusal(Arrays.copyOf(whole, length))).as("%d bytes", length).isNotNull();
    }
    assertThat(refusal(Arrays.copyOf(whole, 60))).hasMessageContaining("truncated");
  }

  @Test
  void a_name_that_appears_twice_is_refused() throws IOException {
    byte[] bytes = renamed(zip(ZipEntry.STORED, "a", "x", "b", "y"), "b", "a");

    assertThat(refusal(bytes)).hasMessageContaining("record a appears twice");
  }

  @Test
  void a_local_name_that_differs_from_the_central_one_is_refused() throws IOException {
    byte[] bytes = zip(ZipEntry.STORED, "abc", "x");
    bytes[30] = 'z';

    assertThat(refusal(bytes)).hasMessageContaining("differ").hasMessageContaining("zbc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "/x", "a\\x", "a/.."})
  void names_that_leave_the_archive_are_refused(String name) throws IOException {
    assertThat(refusal(zip(ZipEntry.STORED, name, "x"))).hasMessageContaining("record name");
  }

  @Test
  void a_record_that_inflates_a_thousand_times_is_refused_before_it_is_unpacked()
      throws IOException {
    byte[] bytes = zip(ZipEntry.DEFLATED, "a", "0".repeat(20 << 20));

    assertThat(refusal(bytes)).hasMessageContaining("ratio");
  }

  @Test
  void small_records_may_be_deflated_well() throws IOException {
    ZipArchive zip = open(zip(ZipEntry.DEFLATED, "a", "0".repeat(100_000)));

    assertThat(zip.record("a").size()).isEqualTo(100_000);
  }

  /** Replaces a one-letter name in its local and central header. */
  private static byte[] renamed(byte[] bytes, String from, String to) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == from.charAt(0)) {
        bytes[i] = (byte) to.charAt(0);
      }
    }
    return bytes;
  }
}
