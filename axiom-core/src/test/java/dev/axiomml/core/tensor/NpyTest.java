package dev.axiomml.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelImportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = "STRING|BFLOAT16|U?INT[24]|FLOAT[48]_.*",
      mode = EnumSource.Mode.MATCH_NONE)
  void what_is_written_reads_back(DType dtype) {
    Tensor tensor = Tensor.of(Shape.of(2, 1, 3), 0, 1, 1, 0, 1, 0).to(dtype);
    Path file = folder.resolve("a.npy");
    Npy.write(tensor, file);
    assertThat(Npy.read(file)).isEqualTo(tensor);
    assertThat(folder)
        .isDirectoryContaining(path -> path.endsWith("a.npy"))
        .isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "BFLOAT16|U?INT[24]|FLOAT[48]_.*")
  void types_that_the_format_lacks_are_written_wider(DType dtype) {
    Tensor tensor = Tensor.of(Shape.of(2), 1, 1).to(dtype);
    Path file = folder.resolve("wide.npy");
    Npy.write(tensor, file);
    Tensor read = Npy.read(file);
    assertThat(read.dtype().computes()).isTrue();
    assertThat(read.to(dtype)).isEqualTo(tensor);
  }

  @Test
  void scalars_and_empty_arrays_keep_their_shape() {
    for (Tensor tensor : new Tensor[] {Tensor.scalar(3), Tensor.zeros(Shape.of(0, 4))}) {
      Path file = folder.resolve("b.npy");
      Npy.write(tensor, file);
      assertThat(Npy.read(file)).isEqualTo(tensor);
    }
  }

  @Test
  void big_endian_and_fortran_order_are_read() throws IOException {
    Path file =
        write(
            "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }",
            new byte[] {0, 1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6});
    assertThat(Npy.read(file).toLongs()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void text_is_written_as_numpy_writes_it_and_read_back() throws IOException {
    Tensor texts = Tensor.ofTexts(Shape.of(2, 2), "", "Köln", "∀x 🎓", "a\0b");
    Path file = folder.resolve("t.npy");
    Npy.write(texts, file);
    assertThat(Npy.read(file)).isEqualTo(texts);
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains("'descr': '<U4'", "'shape': (2, 2,)");
    assertThat(bytes).hasSize(128 + 4 * 4 * 4);
    Npy.write(Tensor.ofTexts(Shape.of(0)), file);
    assertThat(Npy.read(file)).isEqualTo(Tensor.ofTexts(Shape.of(0)));
  }

  @Test
  void text_of_other_programs_is_read() throws IOException {
    Path big =
        write(
            "{'descr': '>U2', 'fortran_order': True, 'shape': (1, 2), }",
            new byte[] {0, 0, 0, 'a', 0, 0, 0x22, 0, 0, 0, 0, 'c', 0, 0, 0, 0});
    assertThat(Npy.read(big)).isEqualTo(Tensor.ofTexts(Shape.of(1, 2), "a∀", "c"));
    Path bytes =
        write(
            "{'descr': '|S3', 'fortran_order': False, 'shape': (2,), }",
            new byte[] {(byte) 0xc3, (byte) 0xbc, 0, 'x', 'y', 'z'});
    assertThat(Npy.read(bytes)).isEqualTo(Tensor.ofTexts(Shape.of(2), "ü", "xyz"));
  }

  @Test
  void text_that_the_format_would_change_is_refused() {
    Path file = folder.resolve("u.npy");
    assertThatThrownBy(() -> Npy.write(Tensor.ofTexts(Shape.of(1), "ends in \0"), file))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("U+0000")
        .hasMessageContaining("u.npy");
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<U2', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '|S8', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<U0', 'fortran_order': False, 'shape': (999999999,), }",
        "{'descr': '<U99999999', 'fortran_order': False, 'shape': (999999999,), }",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (999999999, 999999999, 999999999), }",
        "nonsense"
      })
  void a_damaged_or_foreign_file_is_refused_by_name(String header) throws IOException {
    byte[] noText = {-1, -1, -1, -1, -1, -1, -1, -1};
    Path file = write(header, noText);
    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("c.npy");
  }

  @Test
  void every_truncation_is_refused() throws IOException {
    Path file = folder.resolve("d.npy");
    Npy.write(Tensor.of(Shape.of(2), 1, 2), file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Npy.read(file))
          .as("%s bytes", length)
          .isInstanceOf(ModelImportException.class);
    }
  }

  private Path write(String header, byte[] body) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    bytes.write(
        new byte[] {
          (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, (byte) (text.length >> 8)
        });
    bytes.write(text);
    bytes.write(body);
    return Files.write(folder.resolve("c.npy"), bytes.toByteArray());
  }
}
