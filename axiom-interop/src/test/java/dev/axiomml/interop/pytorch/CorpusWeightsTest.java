package dev.axiomml.interop.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The same weights come out of every container that one network was written to. */
class CorpusWeightsTest {
  private static final List<String> OTHERS =
      List.of(
          "state_dict_legacy.pth",
          "model.safetensors",
          "module.pt",
          "module_legacy.pth",
          "trace.pt",
          "script.pt");

  @TestFactory
  Stream<DynamicTest> all_containers_of_a_network_hold_the_same_weights() throws IOException {
    return Stream.concat(
        networks(Needs.shared("corpus/torch")), networks(Needs.shared("corpus/torch2")));
  }

  private static Stream<DynamicTest> networks(Path corpus) throws IOException {
    try (Stream<Path> folders = Files.list(corpus)) {
      return folders
          .filter(f -> Files.exists(f.resolve("state_dict.pt")))
          .sorted()
          .toList()
          .stream()
          .map(f -> dynamicTest(corpus.getFileName() + "/" + f.getFileName(), () -> same(f)));
    }
  }

  private static void same(Path folder) {
    Map<String, Tensor> wanted = weights(folder.resolve("state_dict.pt"));
    assertThat(wanted).isNotEmpty();
    for (String other : OTHERS) {
      if (Files.exists(folder.resolve(other))) {
        assertThat(weights(folder.resolve(other))).as(other).containsAllEntriesOf(wanted);
      }
    }
  }

  /** Counters left out: traces drop them, safetensors of tied modules keep one. */
  private static Map<String, Tensor> weights(Path file) {
    Map<String, Tensor> weights = new HashMap<>(PyTorch.stateDict(file).toMap());
    weights.keySet().removeIf(name -> name.endsWith("num_batches_tracked"));
    return weights;
  }
}
