package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.dsl.ImageFlow;
import dev.axiomml.dsl.VectorFlow;
import java.util.List;

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
    return x.layerNorm(1, EPSILON).named("classifier.0").dense(classes).named("classifier.2");
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
    y = y.pixelDense(4 * channels).named("block.3").gelu();
    return y.pixelDense(channels).named("block.5").layerScale(1e-6).plus(x);
  }

  private static ImageFlow norm(ImageFlow x, String name) {
    return x.layerNorm(1, EPSILON).named(name);
  }
}
