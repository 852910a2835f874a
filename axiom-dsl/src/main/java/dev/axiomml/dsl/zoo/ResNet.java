package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.groups;
import static dev.axiomml.dsl.Dsl.noBias;
import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.dsl.ImageFlow;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Residual networks as torchvision has them: the stride is on a bottleneck's middle convolution.
 */
final class ResNet {
  /** How a block is built. */
  enum Block {
    /** Two convolutions. */
    BASIC(1, 1, 1),
    /** Three convolutions, four times as many channels at the end. */
    BOTTLENECK(4, 1, 1),
    /** A bottleneck whose middle has twice the width in 32 groups. */
    GROUPED(4, 2, 32),
    /** A bottleneck whose middle has four times the width in 32 groups. */
    GROUPED_WIDE(4, 4, 32),
    /** A bottleneck whose middle has four times the width in 64 groups. */
    GROUPED_64(4, 4, 64),
    /** A bottleneck with a middle of twice the width. */
    WIDE(4, 2, 1);

    private final int growth;
    private final int middle;
    private final int groups;

    Block(int growth, int middle, int groups) {
      this.growth = growth;
      this.middle = middle;
      this.groups = groups;
    }
  }

  private final Block block;
  private final List<Integer> depths;

  private ResNet(Block block, List<Integer> depths) {
    this.block = block;
    this.depths = depths;
  }

  static ZooNetwork of(String name, Block block, int... depths) {
    ResNet plan = new ResNet(block, IntStream.of(depths).boxed().toList());
    return new ZooNetwork(
            name,
            new ZooNetwork.Parts(
                plan::features, (x, classes) -> x.globalAveragePool().dense(classes).named("fc")))
        .knownBy("layer3.%d.bn2.weight".formatted(plan.depths.get(2) - 1));
  }

  private ImageFlow features(ImageFlow image) {
    ImageFlow stem = image.conv(64, 7, stride(2), padding(3), noBias()).named("conv1");
    ImageFlow x = stem.batchNorm().named("bn1").relu().maxPool(3, stride(2), padding(1));
    for (int stage = 0; stage < depths.size(); stage++) {
      int at = stage;
      x = x.scope("layer" + (stage + 1), y -> stage(y, at));
    }
    return x;
  }

  private ImageFlow stage(ImageFlow start, int stage) {
    ImageFlow x = start;
    for (int index = 0; index < depths.get(stage); index++) {
      int step = index == 0 && stage > 0 ? 2 : 1;
      x = x.scope("" + index, y -> block(y, 64 << stage, step));
    }
    return x;
  }

  private ImageFlow block(ImageFlow x, int width, int step) {
    ImageFlow body = block == Block.BASIC ? basic(x, width, step) : bottleneck(x, width, step);
    boolean same = step == 1 && x.shape().equals(body.shape());
    return body.plus(same ? x : shortcut(x, width * block.growth, step)).relu();
  }

  private static ImageFlow basic(ImageFlow x, int width, int step) {
    ImageFlow first = x.conv(width, 3, padding(1), stride(step), noBias()).named("conv1");
    ImageFlow second =
        first.batchNorm().named("bn1").relu().conv(width, 3, padding(1), noBias()).named("conv2");
    return second.batchNorm().named("bn2");
  }

  private ImageFlow bottleneck(ImageFlow x, int width, int step) {
    int inner = width * block.middle;
    ImageFlow first = x.conv(inner, 1, noBias()).named("conv1").batchNorm().named("bn1").relu();
    ImageFlow second =
        first
            .conv(inner, 3, padding(1), stride(step), groups(block.groups), noBias())
            .named("conv2");
    ImageFlow third =
        second
            .batchNorm()
            .named("bn2")
            .relu()
            .conv(width * block.growth, 1, noBias())
            .named("conv3");
    return third.batchNorm().named("bn3");
  }

  private static ImageFlow shortcut(ImageFlow x, int channels, int step) {
    return x.conv(channels, 1, stride(step), noBias())
        .named("downsample.0")
        .batchNorm()
        .named("downsample.1");
  }
}
