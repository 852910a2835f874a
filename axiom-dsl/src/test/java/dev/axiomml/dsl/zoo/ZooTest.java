package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.model.Architectures;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.core.property.Scores;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.Axiom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZooTest {
  /** What torchvision's documentation states for each network: parameters without statistics. */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 11689512",
    "resnet34, 21797672",
    "resnet50, 25557032",
    "resnet101, 44549160",
    "resnet152, 60192808",
    "resnext50_32x4d, 25028904",
    "wide_resnet50_2, 68883240",
    "vgg11, 132863336",
    "vgg13, 133047848",
    "vgg16, 138357544",
    "vgg19, 143667240",
    "vgg11_bn, 132868840",
    "vgg13_bn, 133053736",
    "vgg16_bn, 138365992",
    "vgg19_bn, 143678248",
    "mobilenet_v2, 3504872",
    "alexnet, 61100840",
    "squeezenet1_0, 1248424",
    "squeezenet1_1, 1235496",
    "densenet121, 7978856",
    "densenet169, 14149480",
    "densenet201, 20013928",
    "densenet161, 28681000"
  })
  void networks_have_as_many_parameters_as_torchvisions(String name, long expected) {
    long count =
        Zoo.named(name).parameters().entrySet().stream()
            .filter(e -> !e.getKey().contains(".running_"))
            .mapToLong(e -> e.getValue().count())
            .sum();
    assertThat(count).isEqualTo(expected);
  }

  @Test
  void names_and_shapes_are_pytorchs() {
    assertThat(Zoo.resnet50().parameters())
        .containsEntry("conv1.weight", Shape.of(64, 3, 7, 7))
        .containsEntry("layer1.0.conv1.weight", Shape.of(64, 64, 1, 1))
        .containsEntry("layer2.0.downsample.0.weight", Shape.of(512, 256, 1, 1))
        .containsEntry("layer4.2.bn3.running_var", Shape.of(2048))
        .containsEntry("fc.weight", Shape.of(1000, 2048))
        .hasSize(53 + 53 * 4 + 2);
    assertThat(Zoo.vgg16().parameters())
        .containsEntry("features.28.weight", Shape.of(512, 512, 3, 3))
        .containsEntry("classifier.0.weight", Shape.of(4096, 25088));
    assertThat(Zoo.mobileNetV2().parameters())
        .containsEntry("features.1.conv.0.0.weight", Shape.of(32, 1, 3, 3))
        .containsEntry("features.1.conv.2.running_mean", Shape.of(16))
        .containsEntry("features.17.conv.1.0.weight", Shape.of(960, 1, 3, 3))
        .containsEntry("features.18.0.weight", Shape.of(1280, 320, 1, 1));
    assertThat(Zoo.densenet121().parameters())
        .containsEntry("features.denseblock4.denselayer16.conv2.weight", Shape.of(32, 128, 3, 3))
        .containsEntry("features.transition3.norm.weight", Shape.of(1024))
        .containsEntry("features.norm5.bias", Shape.of(1024));
    assertThat(Zoo.squeezenet().parameters())
        .containsEntry("features.12.expand3x3.weight", Shape.of(256, 64, 3, 3));
  }

  @Test
  void what_is_told_is_what_is_built() {
    ZooNetwork small = Zoo.resnet18().classes(10).input(image(32, 32, 3).within(0, 1)).seed(5);
    Model<Scores> model = small.build();
    assertThat(model.parameters().stream().map(Parameter::name))
        .containsExactlyElementsOf(small.parameters().keySet());
    Tensor y = model.predict(Tensor.random(Shape.of(1, 32, 32, 3), 3, 0, 1));
    assertThat(y.shape()).isEqualTo(Shape.of(1, 10));
    assertThat(y.toFloats()).doesNotContain(Float.NaN);
    assertThat(model.signature().inputs().get(0).domain()).isPresent();
  }

  /** Values of a billion parameters would not fit; the names and shapes do. */
  @Test
  void weights_that_are_yet_to_come_take_no_memory() {
    List<Model<?>> held = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      held.add(Zoo.vgg16().blank());
    }
    assertThat(held.get(99).parameters())
        .allSatisfy(p -> assertThat(p.tensor().doubleAt(p.tensor().size() - 1)).isZero());
    assertThat(shapes(held.get(0))).isEqualTo(shapes(Zoo.vgg16().build()));
  }

  private static Map<String, Shape> shapes(Model<?> model) {
    return model.parameters().stream()
        .collect(Collectors.toMap(Parameter::name, p -> p.tensor().shape()));
  }

  @Test
  void features_end_before_the_head_and_take_another() {
    Model<Output> body = Zoo.resnet18().input(image(64, 64, 3)).features();
    assertThat(body.signature().outputs().get(0).type().shape().toString()).isEqualTo("N×2×2×512");
    Model<Probabilities> mine =
        Axiom.model("mine")
            .input(image(64, 64, 3))
            .then(body)
            .asImage()
            .globalAveragePool()
            .dense(3)
            .named("fc")
            .softmax()
            .output(probabilities(3))
            .build();
    assertThat(mine.parameters().stream().map(Parameter::name))
        .startsWith("conv1.weight")
        .contains("layer4.1.bn2.running_mean", "fc.bias");
    assertThat(mine.predict(Tensor.zeros(Shape.of(1, 64, 64, 3))).shape())
        .isEqualTo(Shape.of(1, 3));
  }

  @Test
  void files_with_weights_only_find_the_zoo() {
    Map<String, Shape> wanted = Zoo.mobileNetV2().parameters();
    assertThat(ServiceLoader.load(Architectures.class).stream())
        .anySatisfy(
            provider ->
                assertThat(provider.get().all())
                    .filteredOn(network -> network.parameters().equals(wanted))
                    .extracting(Architectures.Architecture::name)
                    .containsExactly("mobilenet_v2"));
  }

  @Test
  void an_unknown_name_lists_the_known_ones() {
    assertThatThrownBy(() -> Zoo.named("resnet51"))
        .isInstanceOfSatisfying(
            ModelException.class,
            e -> {
              assertThat(e.diagnosis().what()).isEqualTo("no network called resnet51");
              assertThat(e.diagnosis().why()).contains("resnet50", "vgg16", "mobilenet_v2");
              assertThat(e.diagnosis().where()).isEqualTo("Zoo");
              assertThat(e.diagnosis().fix()).contains("Axiom.model");
            });
  }
}
