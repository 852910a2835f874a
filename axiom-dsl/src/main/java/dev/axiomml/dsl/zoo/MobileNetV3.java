package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.HARD_SIGMOID;
import static dev.axiomml.dsl.Dsl.HARD_SWISH;
import static dev.axiomml.dsl.Dsl.RELU;
import static dev.axiomml.dsl.Dsl.noBias;
import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.dsl.Activation;
import dev.axiomml.dsl.ImageFlow;
import dev.axiomml.dsl.VectorFlow;

/** MobileNetV3 as torchvision has it: inverted residuals with hard-swish and excitation. */
final class MobileNetV3 {
  private static final double EPSILON = 1e-3;

  /** Kernel, expanded, channels, excited?, hard-swish?, stride; table 1 of Howard et al. 2019. */
  private static final int[][] LARGE = {
    {3, 16, 16, 0, 0, 1},
    {3, 64, 24, 0, 0, 2},
    {3, 72, 24, 0, 0, 1},
    {5, 72, 40, 1, 0, 2},
    {5, 120, 40, 1, 0, 1},
    {5, 120, 40, 1, 0, 1},
    {3, 240, 80, 0, 1, 2},
    {3, 200, 80, 0, 1, 1},
    {3, 184, 80, 0, 1, 1},
    {3, 184, 80, 0, 1, 1},
    {3, 480, 112, 1, 1, 1},
    {3, 672, 112, 1, 1, 1},
    {5, 672, 160, 1, 1, 2},
    {5, 960, 160, 1, 1, 1},
    {5, 960, 160, 1, 1, 1}
  };

  /** The same of table 2. */
  private static final int[][] SMALL = {
    {3, 16, 16, 1, 0, 2},
    {3, 72, 24, 0, 0, 2},
    {3, 88, 24, 0, 0, 1},
    {5, 96, 40, 1, 1, 2},
    {5, 240, 40, 1, 1, 1},
    {5, 240, 40, 1, 1, 1},
    {5, 120, 48, 1, 1, 1},
    {5, 144, 48, 1, 1, 1},
    {5, 288, 96, 1, 1, 2},
    {5, 576, 96, 1, 1, 1},
    {5, 576, 96, 1, 1, 1}
  };

  private MobileNetV3() {}

  static ZooNetwork large() {
    return network("mobilenet_v3_large", LARGE, 1280);
  }

  static ZooNetwork small() {
    return network("mobilenet_v3_small", SMALL, 1024);
  }

  private static ZooNetwork network(String name, int[][] blocks, int last) {
    return new ZooNetwork(
            name,
            new ZooNetwork.Parts(
                image -> image.scope("features", x -> features(x, blocks)),
                (x, classes) -> head(x.globalAveragePool(), last, classes)))
        .knownBy("features.%d.0.weight".formatted(blocks.length + 1));
  }

  private static ImageFlow features(ImageFlow image, int[][] blocks) {
    InvertedResidual.Style ends = style(HARD_SWISH);
    ImageFlow x = ends.active(image.conv(16, 3, stride(2), padding(1), noBias()), "0");
    int number = 1;
    for (int[] row : blocks) {
      int squeezed = row[3] == 1 ? InvertedResidual.eighths(row[1] / 4.0) : 0;
      InvertedResidual.Sizes sizes =
          new InvertedResidual.Sizes(row[0], row[1], squeezed, row[2], row[5]);
      InvertedResidual block = new InvertedResidual(sizes, style(row[4] == 1 ? HARD_SWISH : RELU));
      x = x.scope(number++ + ".block", block::on);
    }
    return ends.active(x.conv(6 * x.shape().size(-1), 1, noBias()), "" + number);
  }

  private static InvertedResidual.Style style(Activation activation) {
    return new InvertedResidual.Style(EPSILON, activation, RELU, HARD_SIGMOID);
  }

  private static VectorFlow head(VectorFlow x, int last, int classes) {
    VectorFlow y = x.dense(last).named("classifier.0").hardSwish().dropout(0.2);
    return y.dense(classes).named("classifier.3");
  }
}
