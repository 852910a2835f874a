package dev.axiomml.interop.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.onnx.Onnx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A file's kind is told by its bytes; what cannot be read is named with its way out. */
class ModelFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "mlp/state_dict.pt, TORCH_ZIP",
    "cnn/module.pt, TORCH_ZIP",
    "cnn/trace.pt, TORCH_SCRIPT",
    "cnn/script.pt, TORCH_SCRIPT",
    "cnn/model.pt2, EXPORTED",
    "mlp/model.safetensors, SAFETENSORS",
    "cnn/model.json, DESCRIPTOR",
    "cnn/input_0.npy, NPY",
    "cnn/op17.onnx, ONNX"
  })
  void files_of_every_kind_are_told_by_their_bytes(String name, FileKind kind)
      throws URISyntaxException, IOException {
    String path = "/dev/axiomml/interop/pytorch/" + name;
    Path original =
        Path.of(Objects.requireNonNull(ModelFileTest.class.getResource(path), name).toURI());
    Path renamed = Files.copy(original, folder.resolve("model.bin"));

    assertThat(ModelFile.detect(renamed).kind()).isEqualTo(kind);
    assertThat(ModelFile.detect(renamed).reason()).isNotBlank();
  }

  @Test
  void an_onnx_model_is_read_packed_by_gzip_and_nothing_else_is()
      throws URISyntaxException, IOException {
    for (String name : new String[] {"cnn/op17.onnx", "mlp/model.safetensors"}) {
      String path = "/dev/axiomml/interop/pytorch/" + name;
      Path original =
          Path.of(Objects.requireNonNull(ModelFileTest.class.getResource(path), name).toURI());
      Path packed = folder.resolve("model.gz");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
        Files.copy(original, out);
      }

      boolean onnx = name.endsWith("onnx");
      assertThat(ModelFile.detect(packed).kind()).isEqualTo(onnx ? FileKind.ONNX : FileKind.GZIP);
      if (onnx) {
        assertThat(Onnx.load(packed).signature().inputs())
            .isEqualTo(Onnx.load(original).signature().inputs());
        byte[] cut = Arrays.copyOf(Files.readAllBytes(packed), 2_000);
        Files.write(packed, cut);
        assertThatThrownBy(() -> Onnx.load(packed))
            .isInstanceOf(ModelImportException.class)
            .hasMessageContaining("model.gz");
      }
    }
  }

  static Stream<Arguments> unreadable() {
    return Stream.of(
        Arguments.of("", FileKind.EMPTY, "empty"),
        Arguments.of(
            "version https://git-lfs.github.com/spec/v1", FileKind.GIT_LFS, "git lfs pull"),
        Arguments.of("<!DOCTYPE html><html>", FileKind.HTML, "HTML page"),
        Arguments.of("\u0089HDF\r\n\u001a\nxxxxxxxx", FileKind.HDF5, "ONNX"),
        Arguments.of("GGUFxxxxxxxxxxxx", FileKind.GGUF, "safetensors"),
        Arguments.of("\u001f\u008b\u0008xxxxxxxxxx", FileKind.GZIP, "gunzip"),
        Arguments.of("xxxxTFL3xxxxxxxx", FileKind.TFLITE, "tf2onnx"),
        Arguments.of("\u0080\u0004\u0095xxxxxxxxxx", FileKind.PICKLE, "torch.save"),
        Arguments.of("{\"error\": \"not found\"}", FileKind.JSON, "weight_map"),
        Arguments.of("hello, this is text", FileKind.UNKNOWN, ".safetensors"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void what_cannot_be_read_says_what_it_is(String bytes, FileKind kind, String word)
      throws IOException {
    Path file = folder.resolve("model.pt");
    Files.write(file, bytes.getBytes(StandardCharsets.ISO_8859_1));

    ModelImportException refusal =
        catchThrowableOfType(ModelImportException.class, () -> ModelFile.readable(file));

    assertThat(ModelFile.detect(file).kind()).isEqualTo(kind);
    assertThat(refusal.getMessage()).contains(word);
    assertThat(refusal.diagnosis().where()).contains("model.pt");
    assertThat(refusal.diagnosis().why()).isNotBlank();
    assertThat(refusal.diagnosis().fix()).isNotBlank();
  }

  @Test
  void missing_files_and_folders_are_refused() {
    for (Path path : new Path[] {folder.resolve("none.pt"), folder}) {
      ModelImportException refusal =
          catchThrowableOfType(ModelImportException.class, () -> ModelFile.detect(path));
      assertThat(refusal.getMessage()).contains(path.toString());
    }
  }
}
