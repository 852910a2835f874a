package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.ceil;
import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.dsl.ImageFlow;
import dev.axiomml.dsl.VectorFlow;

/** SqueezeNet as torchvision has it: fire modules, a convolution as head. */
final class SqueezeNet {
  /** Squeeze and expand widths of the eight fire modules. */
  private static final int[][] FIRES = {
    {16, 64}, {16, 64}, {32, 128}, {32, 128}, {48, 192}, {48, 192}, {64, 256}, {64, 256}
  };

  private SqueezeNet() {}

  static ZooNetwork of(String name) {
    boolean first = name.endsWith("1_0");
    return new ZooNetwork(
            name, new ZooNetwork.Parts(image -> features(image, first), SqueezeNet::head))
        .knownBy("features.12.squeeze.weight");
  }

  /** Version 1.0 pools after the third and seventh fire module, version 1.1 after each pair. */
  private static ImageFlow features(ImageFlow image, boolean first) {
    ImageFlow x = first ? image.conv(96, 7, stride(2)) : image.conv(64, 3, stride(2));
    x = pooled(x.named("features.0").relu());
    int number = 3;
    for (int fire = 0; fire < FIRES.length; fire++) {
      int[] widths = FIRES[fire];
      x = x.scope("features." + number++, y -> fire(y, widths));
      boolean pools = first ? fire == 2 || fire == 6 : fire == 1 || fire == 3;
      x = pools ? pooled(x) : x;
      number += pools ? 1 : 0;
    }
    return x;
  }

  private static ImageFlow pooled(ImageFlow x) {
    return x.maxPool(3, stride(2), ceil());
  }

  private static ImageFlow fire(ImageFlow x, int[] widths) {
    ImageFlow squeezed = x.conv(widths[0], 1).named("squeeze").relu();
    ImageFlow narrow = squeezed.conv(widths[1], 1).named("expand1x1").relu();
    return narrow.concat(squeezed.conv(widths[1], 3, padding(1)).named("expand3x3").relu());
  }

  private static VectorFlow head(ImageFlow x, int classes) {
    return x.dropout(0.5).conv(classes, 1).named("classifier.1").relu().globalAveragePool();
  }
}
