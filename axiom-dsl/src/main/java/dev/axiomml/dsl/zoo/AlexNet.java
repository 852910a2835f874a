package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.dsl.ImageFlow;
import dev.axiomml.dsl.VectorFlow;

/** AlexNet as torchvision has it. */
final class AlexNet {
  private AlexNet() {}

  static ZooNetwork network() {
    return new ZooNetwork("alexnet", new ZooNetwork.Parts(AlexNet::features, AlexNet::head))
        .knownBy("classifier.6.weight");
  }

  private static ImageFlow features(ImageFlow image) {
    ImageFlow x = image.conv(64, 11, stride(4), padding(2)).named("features.0").relu();
    x = x.maxPool(3, stride(2)).conv(192, 5, padding(2)).named("features.3").relu();
    x = x.maxPool(3, stride(2)).conv(384, 3, padding(1)).named("features.6").relu();
    x = x.conv(256, 3, padding(1)).named("features.8").relu();
    x = x.conv(256, 3, padding(1)).named("features.10").relu();
    return x.maxPool(3, stride(2));
  }

  private static VectorFlow head(ImageFlow x, int classes) {
    VectorFlow y = x.adaptiveAveragePool(6).flatten().dropout(0.5);
    y = y.dense(4096).named("classifier.1").relu().dropout(0.5);
    return y.dense(4096).named("classifier.4").relu().dense(classes).named("classifier.6");
  }
}
