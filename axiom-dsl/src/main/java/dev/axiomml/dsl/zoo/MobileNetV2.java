package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.noBias;
import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.dsl.ImageFlow;

/** MobileNetV2 as torchvision has it: inverted residuals with ReLU6. */
final class MobileNetV2 {
  /** Expansion, channels, repeats, first stride; table 2 of Sandler et al. 2018. */
  private static final int[][] STAGES = {
    {1, 16, 1, 1},
    {6, 24, 2, 2},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1}
  };

  private MobileNetV2() {}

  static ZooNetwork network() {
    return new ZooNetwork(
            "mobilenet_v2",
            new ZooNetwork.Parts(
                MobileNetV2::features,
                (x, classes) ->
                    x.globalAveragePool().dropout(0.2).dense(classes).named("classifier.1")))
        .knownBy("features.18.0.weight");
  }

  private static ImageFlow features(ImageFlow image) {
    ImageFlow x =
        normed(image.conv(32, 3, stride(2), padding(1), noBias()), "features.0.0", "features.0.1");
    x = x.relu6();
    int number = 1;
    for (int[] stage : STAGES) {
      for (int i = 0; i < stage[2]; i++) {
        int step = i == 0 ? stage[3] : 1;
        x = x.scope("features." + number++ + ".conv", y -> inverted(y, stage, step));
      }
    }
    String last = "features." + number;
    return normed(x.conv(1280, 1, noBias()), last + ".0", last + ".1").relu6();
  }

  private static ImageFlow inverted(ImageFlow x, int[] stage, int step) {
    int inputs = x.shape().size(-1);
    int next = stage[0] == 1 ? 0 : 1;
    ImageFlow y = x;
    if (next == 1) {
      y = normed(y.conv(inputs * stage[0], 1, noBias()), "0.0", "0.1").relu6();
    }
    y = normed(y.depthwise(3, stride(step), padding(1), noBias()), next + ".0", next + ".1");
    y = y.relu6().conv(stage[1], 1, noBias());
    y = normed(y, "" + (next + 1), "" + (next + 2));
    return step == 1 && inputs == stage[1] ? y.plus(x) : y;
  }

  private static ImageFlow normed(ImageFlow conv, String convName, String normName) {
    return conv.named(convName).batchNorm().named(normName);
  }
}
