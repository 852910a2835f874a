package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.CompiledModel;
import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.WeightOrigin;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.safetensors.SafeTensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts that a program of PyTorch computes its weights of, replaced one by one. */
class ReplacedPartsTest {
  private static final Map<String, Tensor> CASES =
      SafeTensors.load(Golden.fixture("gradients/cases.safetensors"));

  @TempDir private Path folder;

  private static byte[] stored(Parameter weight, Tensor tensor) {
    ByteBuffer bytes = ((WeightOrigin.Stored) weight.origin()).toFile(tensor).asBytes();
    byte[] all = new byte[bytes.remaining()];
    bytes.get(all);
    return all;
  }

  /** The archive with other bytes in place of an entry's that has these. */
  private Path changed(Path archive, byte[] before, byte[] after) throws IOException {
    Path other = folder.resolve("other.pt2");
    int replaced = 0;
    try (ZipFile in = new ZipFile(archive.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(other))) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        boolean same = Arrays.equals(bytes, before);
        replaced += same ? 1 : 0;
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(same ? after : bytes);
      }
    }
    assertThat(replaced).isEqualTo(1);
    return other;
  }

  @ParameterizedTest
  @ValueSource(strings = {"adapted", "normed", "generated"})
  void a_replaced_part_is_that_of_a_file_with_it(String name) throws IOException {
    Path file = Golden.fixture("gradients/" + name + ".pt2");
    Tensor x = Objects.requireNonNull(CASES.get(name + "/x"));
    Model<?> model = PyTorch.load(file, Layout.AS_FILE);
    Tensor before = model.predict(x);
    assertThat(model.parameters())
        .extracting(Parameter::name)
        .allMatch(weight -> CASES.containsKey(name + "/grad/" + weight));
    for (Parameter weight : model.parameters()) {
      Tensor other = Tensor.random(weight.tensor().shape(), 7, 0.1, 1);
      Path changed = changed(file, stored(weight, weight.tensor()), stored(weight, other));
      Tensor wanted = PyTorch.load(changed, Layout.AS_FILE).predict(x);
      assertThat(wanted).as("%s counts", weight).isNotEqualTo(before);
      assertThat(model.withWeights(Map.of(weight.name(), other)).predict(x)).isEqualTo(wanted);
      try (CompiledModel compiled = model.compile(Backends.REFERENCE)) {
        compiled.replaceWeights(Map.of(weight.name(), other));
        assertThat(compiled.predict(x)).as("%s", weight).isEqualTo(wanted);
      }
    }
  }
}
