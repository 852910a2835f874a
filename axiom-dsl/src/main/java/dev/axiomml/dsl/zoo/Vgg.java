package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.padding;

import dev.axiomml.dsl.ImageFlow;
import dev.axiomml.dsl.VectorFlow;

/** VGG networks as torchvision has them: layers are named by their number in a sequence. */
final class Vgg {
  private static final int[] WIDTHS = {64, 128, 256, 512, 512};

  private Vgg() {}

  static ZooNetwork of(String name, int... depths) {
    boolean normed = name.endsWith("_bn");
    return new ZooNetwork(
            name, new ZooNetwork.Parts(image -> features(image, normed, depths), Vgg::head))
        .knownBy("classifier.6.weight");
  }

  private static ImageFlow features(ImageFlow image, boolean normed, int... depths) {
    ImageFlow x = image;
    int number = 0;
    for (int stage = 0; stage < depths.length; stage++) {
      for (int i = 0; i < depths[stage]; i++) {
        x = x.conv(WIDTHS[stage], 3, padding(1)).named("features." + number);
        x = normed ? x.batchNorm().named("features." + (number + 1)) : x;
        x = x.relu();
        number += normed ? 3 : 2;
      }
      x = x.maxPool(2);
      number++;
    }
    return x;
  }

  private static VectorFlow head(ImageFlow x, int classes) {
    VectorFlow first = x.adaptiveAveragePool(7).flatten().dense(4096).named("classifier.0");
    VectorFlow second = first.relu().dropout(0.5).dense(4096).named("classifier.3");
    return second.relu().dropout(0.5).dense(classes).named("classifier.6");
  }
}
