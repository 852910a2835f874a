package dev.axiomml.dsl;

import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.tensor.Shape;
import java.util.List;
import java.util.OptionalInt;

/**
 * ConvNeXt as torchvision has it: wide depthwise convolutions, then two dense layers along the
 * channels of each pixel. Liu et al. 2022.
 *
 * @param width channels of the first stage, each next twice as wide
 * @param depths blocks of each stage
 */
record ConvNeXt(int width, List<Integer> depths) {
  private static final double EPSILON = 1e-6;

  static ZooNetwork of(String name, int width, int third) {
    ConvNeXt plan = new ConvNeXt(width, List.of(3, 3, third, 3));
    return new ZooNetwork(
            name,
            new ZooNetwork.Parts(
                image -> image.scope("features", plan::features),
                (x, classes) -> head(x.globalAveragePool(), classes)))
        .knownBy("features.5.%d.layer_scale".formatted(third - 1));
  }

  private static VectorFlow head(VectorFlow x, int classes) {
    VectorFlow normed =
        x.apply("layernorm", NormParts.layer(1, EPSILON, NormParts.Learned.BOTH))
            .named("classifier.0");
    return normed.dense(classes).named("classifier.2");
  }

  private ImageFlow features(ImageFlow image) {
    ImageFlow x = norm(image.conv(width, 4, stride(4)).named("0.0"), "0.1");
    for (int stage = 0; stage < depths.size(); stage++) {
      String name = "" + (2 * stage + 1);
      int blocks = depths.get(stage);
      x = x.scope(name, y -> stage(y, blocks));
      if (stage + 1 < depths.size()) {
        String next = 2 * stage + 2 + ".";
        int wider = width << (stage + 1);
        x = norm(x, next + "0").conv(wider, 2, stride(2)).named(next + "1");
      }
    }
    return x;
  }

  private static ImageFlow stage(ImageFlow start, int blocks) {
    ImageFlow x = start;
    for (int i = 0; i < blocks; i++) {
      x = x.scope("" + i, ConvNeXt::block);
    }
    return x;
  }

  private static ImageFlow block(ImageFlow x) {
    int channels = x.shape().size(-1);
    ImageFlow y = norm(x.depthwise(7, padding(3)).named("block.0"), "block.2");
    y = dense(y, 4 * channels, "block.3").gelu();
    return scaled(dense(y, channels, "block.5")).plus(x);
  }

  private static ImageFlow norm(ImageFlow x, String name) {
    return x.apply("layernorm", NormParts.layer(1, EPSILON, NormParts.Learned.BOTH)).named(name);
  }

  /** A dense layer along the channels of each pixel. */
  private static ImageFlow dense(ImageFlow x, int outputs, String name) {
    return x.apply("dense", LinearParts.dense(OptionalInt.empty(), outputs, true)).named(name);
  }

  /** A factor a channel, which PyTorch holds and applies with channels first. */
  private static ImageFlow scaled(ImageFlow x) {
    Shape shape = Shape.of(x.shape().size(-1), 1, 1);
    WeightDraft factor = WeightDraft.of("^layer_scale", shape, new WeightDraft.Constant(1e-6f));
    LayerPosition first = x.spot().op("permute", Permute.of(0, 3, 1, 2));
    LayerPosition scaled =
        first.add("scale", in -> OperatorPart.keeping("scale", List.of(factor), new Mul()));
    return x.at(scaled.op("permute", Permute.of(0, 2, 3, 1)));
  }
}
