package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.noBias;
import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.dsl.ImageFlow;

/** MNASNet (B1) as torchvision has it: inverted residuals found by search. */
final class MnasNet {
  /** Kernel, stride, expansion, channels, repeats; figure 7 of Tan et al. 2018. */
  private static final int[][] STACKS = {
    {3, 2, 3, 24, 3},
    {5, 2, 3, 40, 3},
    {5, 2, 6, 80, 3},
    {3, 1, 6, 96, 2},
    {5, 2, 6, 192, 4},
    {3, 1, 6, 320, 1}
  };

  private MnasNet() {}

  /** The network whose layers are so many times as wide. */
  static ZooNetwork of(String name, double width) {
    return new ZooNetwork(
            name,
            new ZooNetwork.Parts(
                image -> image.scope("layers", x -> features(x, width)),
                (x, classes) ->
                    x.globalAveragePool().dropout(0.2).dense(classes).named("classifier.1")))
        .knownBy("layers.13.0.layers.0.weight");
  }

  private static ImageFlow features(ImageFlow image, double width) {
    int stem = InvertedResidual.eighths(32 * width);
    ImageFlow x = normed(image.conv(stem, 3, stride(2), padding(1), noBias()), 0).relu();
    x = normed(x.depthwise(3, padding(1), noBias()), 3).relu();
    x = normed(x.conv(InvertedResidual.eighths(16 * width), 1, noBias()), 6);
    int number = 8;
    for (int[] stack : STACKS) {
      int channels = InvertedResidual.eighths(stack[3] * width);
      x = x.scope("" + number++, y -> stack(y, stack, channels));
    }
    return normed(x.conv(1280, 1, noBias()), number).relu();
  }

  private static ImageFlow stack(ImageFlow start, int[] stack, int channels) {
    ImageFlow x = start;
    for (int i = 0; i < stack[4]; i++) {
      int step = i == 0 ? stack[1] : 1;
      ImageFlow body = x.scope(i + ".layers", y -> inverted(y, stack, step, channels));
      x = i == 0 ? body : body.plus(x);
    }
    return x;
  }

  private static ImageFlow inverted(ImageFlow x, int[] stack, int step, int channels) {
    int kernel = stack[0];
    ImageFlow wide = normed(x.conv(x.shape().size(-1) * stack[2], 1, noBias()), 0).relu();
    ImageFlow deep = wide.depthwise(kernel, stride(step), padding(kernel / 2), noBias());
    return normed(normed(deep, 3).relu().conv(channels, 1, noBias()), 6);
  }

  /** A convolution of a number in the sequence, and its norm after it. */
  private static ImageFlow normed(ImageFlow conv, int number) {
    return conv.named("" + number).batchNorm().named("" + (number + 1));
  }
}
