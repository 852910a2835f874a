package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.Drive;
import dev.axiomml.dsl.Flow;
import dev.axiomml.dsl.ImageFlow;
import dev.axiomml.dsl.VectorFlow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The zoo against torchvision: all names and shapes, and the numbers of one network a family. */
class ZooNumbersTest {
  /**
   * PyTorch's float32 answer is that far from its float64 one; ours adds up in another order, one
   * term after the other instead of eight or more lanes side by side, so that its sums may be off
   * by so many times as much. A batch norm's epsilon of 1e-5 taken for 1e-3 is off by 100 times
   * that.
   */
  private static final double OTHER_ORDER = 16;

  private static final Map<String, Map<String, Shape>> PARAMETERS = ZooFixtures.parameters();

  static Stream<ZooNetwork> networks() {
    return Zoo.all().stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void names_and_shapes_are_torchvisions(ZooNetwork network) {
    Map<String, Shape> all = new HashMap<>(network.parameters());
    all.putAll(network.trainingOnly());
    assertThat(all).containsExactlyInAnyOrderEntriesOf(PARAMETERS.get(network.name()));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void a_network_is_known_by_its_own_names_and_few_others_are(ZooNetwork network) {
    Set<String> names = network.parameters().keySet();
    assertThat(network.mayHave(names)).isTrue();
    assertThat(network.mayHave(Set.of("weight", "bias"))).isFalse();
  }

  @Test
  void every_network_of_the_fixture_is_in_the_zoo() {
    assertThat(Zoo.all()).extracting(ZooNetwork::name).containsAll(PARAMETERS.keySet());
  }

  @Test
  void no_two_networks_can_be_taken_for_each_other() {
    Set<Map<String, Shape>> seen = new HashSet<>();
    assertThat(Zoo.all()).allSatisfy(n -> assertThat(seen.add(n.parameters())).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet18",
        "resnext50_32x4d",
        "mobilenet_v2",
        "mobilenet_v3_large",
        "mobilenet_v3_small",
        "efficientnet_b0",
        "googlenet",
        "shufflenet_v2_x1_0",
        "mnasnet1_0",
        "squeezenet1_0",
        "squeezenet1_1",
        "densenet121",
        "convnext_tiny",
        "regnet_y_400mf",
        "regnet_x_400mf"
      })
  void scores_are_torchvisions(String name) {
    ZooNetwork small = Zoo.named(name).classes(10).input(image(64, 64, 3));
    assertAnswer(name, small.parameters(), small.flow(), 64);
  }

  @Test
  void scores_of_a_larger_image_are_torchvisions() {
    ZooNetwork small = Zoo.named("inception_v3").classes(10).input(image(96, 96, 3));
    assertAnswer("inception_v3", small.parameters(), small.flow(), 96);
  }

  @Test
  void features_are_torchvisions() {
    ImageFlow features = Zoo.named("vgg11_bn").input(image(64, 64, 3)).body();
    VectorFlow end = features.globalAveragePool();
    assertAnswer("vgg11_bn", end.output().parameters(), end, 64);
  }

  /** Few enough blocks that float32 still tells something at its end. */
  @Test
  void fused_blocks_are_torchvisions() {
    EfficientNetV2 plan =
        new EfficientNetV2(
            List.of(
                new EfficientNetV2.Stage(true, 1, 1, 24, 1),
                new EfficientNetV2.Stage(true, 4, 2, 48, 2),
                new EfficientNetV2.Stage(false, 4, 2, 64, 2),
                new EfficientNetV2.Stage(false, 6, 1, 80, 2)));
    ZooNetwork small = plan.network("efficientnet_v2", 64).classes(10);
    assertAnswer("efficientnet_v2", small.parameters(), small.flow(), 64);
  }

  @Test
  void transformers_scores_are_torchvisions() {
    VisionTransformer plan = new VisionTransformer(16, 2, 3, List.of(48, 96));
    ZooNetwork small = plan.network("vit").classes(10).input(image(32, 32, 3));
    assertAnswer("vit", small.parameters(), small.flow(), 32);
  }

  private static void assertAnswer(
      String name, Map<String, Shape> parameters, Flow<?> end, int pixels) {
    Map<String, Tensor> weights = new HashMap<>();
    parameters.forEach((key, shape) -> weights.put(key, ZooFixtures.filled(key, shape)));
    Model<Output> model = Drive.weighted(end, weights);
    Tensor input = ZooFixtures.filled("input", Shape.of(1, 3, pixels, pixels));
    double[] got = model.predict(Drive.toLast(input)).toDoubles();
    ZooFixtures.Answer wanted = ZooFixtures.answer(name);
    double tolerance = OTHER_ORDER * wanted.error();
    assertThat(got).hasSameSizeAs(wanted.output());
    for (int i = 0; i < got.length; i++) {
      double off = Math.abs(got[i] - wanted.output()[i]);
      assertThat(off <= tolerance)
          .as("%s, score %d: %s is %s off, at most %s", name, i, got[i], off, tolerance)
          .isTrue();
    }
  }
}
