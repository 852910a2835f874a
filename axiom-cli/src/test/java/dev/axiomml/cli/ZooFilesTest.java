package dev.axiomml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.dsl.zoo.Zoo;
import dev.axiomml.dsl.zoo.ZooNetwork;
import dev.axiomml.interop.pytorch.PyTorch;
import dev.axiomml.interop.safetensors.SafeTensors;
import dev.axiomml.interop.weights.ModelWeights;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The zoo and the importer, who do not know each other. */
class ZooFilesTest {
  @TempDir private Path folder;

  static Stream<ZooNetwork> networks() {
    return Zoo.all().stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void the_importer_stores_each_weight_as_torchvision_does(ZooNetwork network) {
    Map<String, Shape> stored = new TreeMap<>();
    ModelWeights.layouts(network.blank()).forEach((name, at) -> stored.put(name, at.stored()));

    assertThat(stored).isEqualTo(new TreeMap<>(network.parameters()));
  }

  @Test
  void weights_alone_open_as_the_network_they_are_of() {
    Path file = folder.resolve("weights.safetensors");
    Model<?> saved = Zoo.squeezenet().seed(5).build();
    SafeTensors.save(saved, file);

    Model<?> loaded = PyTorch.load(file);

    assertThat(loaded.name()).isEqualTo("squeezenet1_1");
    assertThat(loaded.parameters()).isEqualTo(saved.parameters());
  }
}
