package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.noBias;
import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.dsl.ImageFlow;

/** ShuffleNetV2 as torchvision has it: half of the channels pass by, then all are shuffled. */
final class ShuffleNetV2 {
  /** How many blocks stages 2, 3 and 4 have. */
  private static final int[] DEPTHS = {4, 8, 4};

  private ShuffleNetV2() {}

  /** Widths of the three stages and of the last convolution; table 5 of Ma et al. 2018. */
  static ZooNetwork of(String name, int... widths) {
    return new ZooNetwork(
            name,
            new ZooNetwork.Parts(
                image -> features(image, widths),
                (x, classes) -> x.globalAveragePool().dense(classes).named("fc")))
        .knownBy("stage3.7.branch2.0.weight");
  }

  private static ImageFlow features(ImageFlow image, int... widths) {
    ImageFlow stem = image.conv(24, 3, stride(2), padding(1), noBias());
    ImageFlow x = normed(stem, "conv1.0", "conv1.1").relu().maxPool(3, stride(2), padding(1));
    for (int stage = 0; stage < DEPTHS.length; stage++) {
      int depth = DEPTHS[stage];
      int half = widths[stage] / 2;
      x = x.scope("stage" + (stage + 2), y -> stage(y, depth, half));
    }
    return normed(x.conv(widths[DEPTHS.length], 1, noBias()), "conv5.0", "conv5.1").relu();
  }

  private static ImageFlow stage(ImageFlow start, int depth, int half) {
    ImageFlow x = start.scope("0", y -> shrinking(y, half));
    for (int i = 1; i < depth; i++) {
      x = x.scope("" + i, y -> passing(y, half));
    }
    return x;
  }

  private static ImageFlow shrinking(ImageFlow x, int half) {
    return x.scope("branch1", y -> shortcut(y, half))
        .concat(x.scope("branch2", y -> worked(y, half, 2)))
        .channelShuffle(2);
  }

  private static ImageFlow passing(ImageFlow x, int half) {
    ImageFlow second = x.channels(half, half);
    return x.channels(0, half)
        .concat(second.scope("branch2", y -> worked(y, half, 1)))
        .channelShuffle(2);
  }

  private static ImageFlow shortcut(ImageFlow x, int half) {
    ImageFlow shrunk = normed(x.depthwise(3, stride(2), padding(1), noBias()), "0", "1");
    return normed(shrunk.conv(half, 1, noBias()), "2", "3").relu();
  }

  private static ImageFlow worked(ImageFlow x, int half, int step) {
    ImageFlow first = normed(x.conv(half, 1, noBias()), "0", "1").relu();
    ImageFlow deep = normed(first.depthwise(3, stride(step), padding(1), noBias()), "3", "4");
    return normed(deep.conv(half, 1, noBias()), "5", "6").relu();
  }

  private static ImageFlow normed(ImageFlow conv, String convName, String normName) {
    return conv.named(convName).batchNorm().named(normName);
  }
}
