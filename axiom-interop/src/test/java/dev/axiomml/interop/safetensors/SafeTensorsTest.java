package dev.axiomml.interop.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.ModelExportException;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written is read back bit for bit; what does not cover its file exactly is refused. */
class SafeTensorsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "STRING|U?INT[24]|FLOAT[46]_.*")
  void tensors_of_every_type_come_back_bit_for_bit(DType dtype) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("é \"x\"", Tensor.random(Shape.of(2, 3), 7, -3, 3).to(dtype));
    tensors.put("scalar", Tensor.scalar(1).to(dtype));
    tensors.put("empty", Tensor.zeros(Shape.of(0, 4)).to(dtype));
    tensors.put("wide", Tensor.ofDoubles(Shape.of(1), DType.FLOAT64, -0.0));
    Path file = folder.resolve("t.safetensors");

    SafeTensors.save(tensors, file);

    assertThat(SafeTensors.load(file)).isEqualTo(tensors);
  }

  @Test
  void floats_of_four_bits_lie_in_pairs() {
    Tensor pairs = Tensor.of(Shape.of(2, 2), 0.5f, 6, -1, 3).to(DType.FLOAT4_E2M1FN);
    Path file = folder.resolve("f4.safetensors");

    SafeTensors.save(Map.of("a", pairs), file);

    assertThat(file.toFile().length() % 8).isEqualTo(2);
    assertThat(SafeTensors.load(file)).containsEntry("a", pairs);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "U?INT[24]|FLOAT6_.*|FLOAT4_.*")
  void elements_that_fill_no_bytes_or_have_no_name_cannot_be_written(DType dtype) {
    Map<String, Tensor> odd = Map.of("t", Tensor.zeros(Shape.of(3)).to(dtype));

    ModelExportException refusal =
        catchThrowableOfType(
            ModelExportException.class, () -> SafeTensors.save(odd, folder.resolve("t")));

    assertThat(refusal.diagnosis().what()).contains("tensor t " + dtype);
    assertThat(refusal.diagnosis().fix()).contains("convert");
  }

  @Test
  void a_file_that_is_written_again_is_replaced_and_nothing_else_is_left() throws IOException {
    Path file = folder.resolve("t.safetensors");
    SafeTensors.save(Map.of("a", Tensor.scalar(1)), file);

    SafeTensors.save(Map.of("a", Tensor.scalar(2)), file);

    assertThat(SafeTensors.load(file)).containsEntry("a", Tensor.scalar(2));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void text_cannot_be_written() {
    Map<String, Tensor> text = Map.of("t", Tensor.ofTexts(Shape.of(1), "x"));

    ModelExportException refusal =
        catchThrowableOfType(
            ModelExportException.class, () -> SafeTensors.save(text, folder.resolve("t")));

    assertThat(refusal.diagnosis().what()).contains("tensor t");
    assertThat(folder.resolve("t")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} ; 4 ; truncated",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} ; 12 ; trailing",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} ; 8 ; 12 bytes",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} ; 8 ; hole",
        "{'a':{'dtype':'F6_E2M3','shape':[8],'data_offsets':[0,6]}} ; 6 ; F6_E2M3",
        "{'a':{'dtype':'F4','shape':[3],'data_offsets':[0,2]}} ; 2 ; whole bytes",
        "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} ; 8 ; from 0",
        "{'a':{'dtype':'F32','shape':[2.5],'data_offsets':[0,8]}} ; 8 ; from 0",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8]}} ; 8 ; begin and end",
        "{'a':{'dtype':'F32','shape':[4611686018427387904,2],'data_offsets':[0,8]}} ; 8 ; range",
        "{'a':{'dtype':'F32','shape':[4294967296,0],'data_offsets':[0,0]}} ; 0 ; range",
        "{'a':1} ; 0 ; dtype",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'a':{'dtype':'U8','shape':[1],'data_offsets':[1,2]}}"
            + " ; 2 ; JSON",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[2],'data_offsets':[1,3]}}"
            + " ; 3 ; overlaps",
        "{'a' ; 0 ; JSON",
      })
  void headers_that_lie_are_refused(String header, int bytes, String word) throws IOException {
    Path file = write("t.safetensors", header, bytes);

    ModelImportException refusal =
        catchThrowableOfType(ModelImportException.class, () -> SafeTensors.load(file));

    assertThat(refusal).as(header).isNotNull();
    assertThat(refusal.getMessage()).contains(word).contains("t.safetensors");
    assertThat(refusal.diagnosis().fix()).isNotBlank();
  }

  @Test
  void an_index_finds_the_tensors_in_their_shards() throws IOException {
    SafeTensors.save(Map.of("b", Tensor.scalar(2)), folder.resolve("1.safetensors"));
    SafeTensors.save(Map.of("a", Tensor.scalar(1)), folder.resolve("2.safetensors"));
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(
        index,
        "{\"metadata\":{},\"weight_map\":{\"a\":\"2.safetensors\",\"b\":\"1.safetensors\"}}");

    assertThat(SafeTensors.load(index))
        .containsOnlyKeys("a", "b")
        .containsEntry("b", Tensor.scalar(2));
  }

  @ParameterizedTest
  @CsvSource({
    "../x.safetensors",
    "/etc/passwd",
    "'C:\\x'",
    ".hidden",
    "a/b",
    "missing.safetensors"
  })
  void an_index_never_leads_out_of_its_folder(String shard) throws IOException {
    Path index = folder.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\":{\"a\":\"" + shard.replace("\\", "\\\\") + "\"}}");

    AxiomException refusal =
        catchThrowableOfType(ModelImportException.class, () -> SafeTensors.load(index));

    assertThat(refusal).isNotNull();
    assertThat(refusal.getMessage())
        .contains(shard.startsWith("missing") ? "no such file" : "shard");
  }

  private Path write(String name, String header, int bytes) throws IOException {
    byte[] text = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(8 + text.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(text.length).put(text);
    return Files.write(folder.resolve(name), all.array());
  }
}
