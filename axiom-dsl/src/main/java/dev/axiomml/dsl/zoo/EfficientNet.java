package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.SIGMOID;
import static dev.axiomml.dsl.Dsl.SILU;
import static dev.axiomml.dsl.Dsl.image;
import static dev.axiomml.dsl.Dsl.noBias;
import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.dsl.ImageFlow;
import dev.axiomml.dsl.VectorFlow;
import dev.axiomml.dsl.part.NormParts;

/** EfficientNet B0 to B7 as torchvision has them: one plan, scaled in width, depth and image. */
final class EfficientNet {
  /** Expansion, kernel, stride, channels, repeats; table 1 of Tan and Le 2019. */
  private static final int[][] STAGES = {
    {1, 3, 1, 16, 1},
    {6, 3, 2, 24, 2},
    {6, 5, 2, 40, 2},
    {6, 3, 2, 80, 3},
    {6, 5, 1, 112, 3},
    {6, 5, 2, 192, 4},
    {6, 3, 1, 320, 1}
  };

  /** Width, depth, image size and dropout of each number. */
  private static final double[][] SCALES = {
    {1.0, 1.0, 224, 0.2},
    {1.0, 1.1, 240, 0.2},
    {1.1, 1.2, 288, 0.3},
    {1.2, 1.4, 300, 0.3},
    {1.4, 1.8, 380, 0.4},
    {1.6, 2.2, 456, 0.4},
    {1.8, 2.6, 528, 0.5},
    {2.0, 3.1, 600, 0.5}
  };

  /** From this number on torchvision's batch norms have TensorFlow's epsilon. */
  private static final int WIDER_EPSILON = 5;

  private final double width;
  private final double depth;
  private final InvertedResidual.Style style;

  private EfficientNet(double width, double depth, double epsilon) {
    this.width = width;
    this.depth = depth;
    this.style = new InvertedResidual.Style(epsilon, SILU, SILU, SIGMOID);
  }

  /** The network of a number from 0 to 7. */
  static ZooNetwork of(int number) {
    double[] scale = SCALES[number];
    double epsilon = number < WIDER_EPSILON ? NormParts.EPSILON : 1e-3;
    EfficientNet plan = new EfficientNet(scale[0], scale[1], epsilon);
    int size = (int) scale[2];
    ZooNetwork.Parts parts =
        new ZooNetwork.Parts(
            image -> image.scope("features", plan::features),
            (x, classes) -> head(x.globalAveragePool().dropout(scale[3]), classes));
    return new ZooNetwork("efficientnet_b" + number, parts)
        .input(image(size, size, 3))
        .knownBy("features.6.%d.block.0.0.weight".formatted(plan.repeats(STAGES[5]) - 1));
  }

  private static VectorFlow head(VectorFlow x, int classes) {
    return x.dense(classes).named("classifier.1");
  }

  private ImageFlow features(ImageFlow image) {
    int stem = InvertedResidual.eighths(32 * width);
    ImageFlow x = style.active(image.conv(stem, 3, stride(2), padding(1), noBias()), "0");
    int number = 1;
    for (int[] stage : STAGES) {
      x = x.scope("" + number++, y -> stage(y, stage));
    }
    return style.active(x.conv(4 * x.shape().size(-1), 1, noBias()), "" + number);
  }

  private int repeats(int... stage) {
    return (int) Math.ceil(stage[4] * depth);
  }

  private ImageFlow stage(ImageFlow start, int[] stage) {
    ImageFlow x = start;
    for (int i = 0; i < repeats(stage); i++) {
      int inputs = x.shape().size(-1);
      InvertedResidual.Sizes sizes =
          new InvertedResidual.Sizes(
              stage[1],
              InvertedResidual.eighths(inputs * stage[0]),
              inputs / 4,
              InvertedResidual.eighths(stage[3] * width),
              i == 0 ? stage[2] : 1);
      x = x.scope(i + ".block", new InvertedResidual(sizes, style)::on);
    }
    return x;
  }
}
