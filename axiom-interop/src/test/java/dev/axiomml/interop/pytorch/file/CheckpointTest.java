package dev.axiomml.interop.pytorch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.file.FileRegion;
import dev.axiomml.interop.file.ModelFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Checkpoints that hold nothing, or themselves. */
class CheckpointTest {
  /** {@code d = {}; d["self"] = d}. */
  private static final String OF_ITSELF = "80027d7100580400000073656c66680073" + "2e";

  /** {@code {"epoch": 3}}. */
  private static final String OF_NUMBERS = "80027d7100580500000065706f63684b0373" + "2e";

  @Test
  void a_checkpoint_that_contains_itself_is_refused() throws IOException {
    ModelFile file = file("archive/data.pkl", OF_ITSELF);

    var error = catchThrowableOfType(ModelImportException.class, () -> WeightTensors.of(file));

    assertThat(error.diagnosis().what()).isEqualTo("the checkpoint contains itself at self");
    assertThat(error.diagnosis().where()).contains("weights.pt");
    assertThat(error.diagnosis().why()).contains("no end");
    assertThat(error.diagnosis().fix()).contains("state_dict()");
  }

  @Test
  void a_checkpoint_without_a_tensor_is_refused() throws IOException {
    ModelFile file = file("archive/data.pkl", OF_NUMBERS);

    var error = catchThrowableOfType(ModelImportException.class, () -> WeightTensors.of(file));

    assertThat(error.diagnosis().what()).isEqualTo("a checkpoint without a tensor");
    assertThat(error.diagnosis().where()).contains("weights.pt");
    assertThat(error.diagnosis().fix()).contains("torch.save");
  }

  @Test
  void a_package_of_python_code_is_named_with_the_way_out() throws IOException {
    ModelFile file = file("model/.data/extern_modules", "00");

    var error = catchThrowableOfType(ModelImportException.class, () -> WeightTensors.of(file));

    assertThat(error.getMessage()).contains("torch.package", "torch.export.save");
  }

  private static ModelFile file(String record, String hex) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(record));
      zip.write(HexFormat.of().parseHex(hex));
    }
    return ModelFile.of(Path.of("weights.pt"), FileRegion.of(bytes.toByteArray()));
  }
}
