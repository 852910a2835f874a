package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.noBias;
import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.dsl.ImageFlow;
import java.util.List;
import java.util.stream.IntStream;

/** DenseNet as torchvision has it: each layer sees all before it in its block. */
final class DenseNet {
  private final List<Integer> depths;
  private final int growth;

  private DenseNet(List<Integer> depths, int growth) {
    this.depths = depths;
    this.growth = growth;
  }

  /** Number 161 grows by 48 channels a layer, the others by 32; the stem has twice that. */
  static ZooNetwork of(String name, int... depths) {
    int growth = name.endsWith("161") ? 48 : 32;
    DenseNet plan = new DenseNet(IntStream.of(depths).boxed().toList(), growth);
    return new ZooNetwork(
            name,
            new ZooNetwork.Parts(
                image -> image.scope("features", plan::features),
                (x, classes) -> x.relu().globalAveragePool().dense(classes).named("classifier")))
        .knownBy("features.denseblock4.denselayer%d.conv2.weight".formatted(plan.depths.get(3)));
  }

  private ImageFlow features(ImageFlow image) {
    ImageFlow stem = image.conv(2 * growth, 7, stride(2), padding(3), noBias()).named("conv0");
    ImageFlow x = stem.batchNorm().named("norm0").relu().maxPool(3, stride(2), padding(1));
    for (int i = 0; i < depths.size(); i++) {
      int depth = depths.get(i);
      x = x.scope("denseblock" + (i + 1), y -> block(y, depth));
      x = i + 1 < depths.size() ? x.scope("transition" + (i + 1), DenseNet::transition) : x;
    }
    return x.batchNorm().named("norm5");
  }

  private ImageFlow block(ImageFlow start, int depth) {
    ImageFlow x = start;
    for (int i = 1; i <= depth; i++) {
      x = x.concat(x.scope("denselayer" + i, this::layer));
    }
    return x;
  }

  private ImageFlow layer(ImageFlow x) {
    ImageFlow narrow =
        x.batchNorm().named("norm1").relu().conv(4 * growth, 1, noBias()).named("conv1");
    return narrow
        .batchNorm()
        .named("norm2")
        .relu()
        .conv(growth, 3, padding(1), noBias())
        .named("conv2");
  }

  private static ImageFlow transition(ImageFlow x) {
    int channels = x.shape().size(-1) / 2;
    return x.batchNorm()
        .named("norm")
        .relu()
        .conv(channels, 1, noBias())
        .named("conv")
        .averagePool(2);
  }
}
