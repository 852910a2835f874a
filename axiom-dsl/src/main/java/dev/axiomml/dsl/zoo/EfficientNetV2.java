package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.SIGMOID;
import static dev.axiomml.dsl.Dsl.SILU;
import static dev.axiomml.dsl.Dsl.image;
import static dev.axiomml.dsl.Dsl.noBias;
import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.dsl.ImageFlow;
import java.util.List;

/**
 * EfficientNetV2 as torchvision has it: its first stages widen with the 3×3 convolution itself.
 *
 * @param stages table 4 of Tan and Le 2021
 */
record EfficientNetV2(List<Stage> stages) {
  private static final InvertedResidual.Style STYLE =
      new InvertedResidual.Style(1e-3, SILU, SILU, SIGMOID);
  private static final int LAST = 1280;

  /** Whether its blocks are fused, and their expansion, first stride, channels and number. */
  record Stage(boolean fused, int expansion, int step, int channels, int repeats) {}

  static ZooNetwork small() {
    return new EfficientNetV2(
            List.of(
                new Stage(true, 1, 1, 24, 2),
                new Stage(true, 4, 2, 48, 4),
                new Stage(true, 4, 2, 64, 4),
                new Stage(false, 4, 2, 128, 6),
                new Stage(false, 6, 1, 160, 9),
                new Stage(false, 6, 2, 256, 15)))
        .network("efficientnet_v2_s", 384);
  }

  static ZooNetwork medium() {
    return new EfficientNetV2(
            List.of(
                new Stage(true, 1, 1, 24, 3),
                new Stage(true, 4, 2, 48, 5),
                new Stage(true, 4, 2, 80, 5),
                new Stage(false, 4, 2, 160, 7),
                new Stage(false, 6, 1, 176, 14),
                new Stage(false, 6, 2, 304, 18),
                new Stage(false, 6, 1, 512, 5)))
        .network("efficientnet_v2_m", 480);
  }

  static ZooNetwork large() {
    return new EfficientNetV2(
            List.of(
                new Stage(true, 1, 1, 32, 4),
                new Stage(true, 4, 2, 64, 7),
                new Stage(true, 4, 2, 96, 7),
                new Stage(false, 4, 2, 192, 10),
                new Stage(false, 6, 1, 224, 19),
                new Stage(false, 6, 2, 384, 25),
                new Stage(false, 6, 1, 640, 7)))
        .network("efficientnet_v2_l", 480);
  }

  ZooNetwork network(String name, int size) {
    ZooNetwork.Parts parts =
        new ZooNetwork.Parts(
            image -> image.scope("features", this::features),
            (x, classes) ->
                x.globalAveragePool().dropout(0.2).dense(classes).named("classifier.1"));
    int last = stages.get(stages.size() - 1).repeats - 1;
    return new ZooNetwork(name, parts)
        .input(image(size, size, 3))
        .knownBy("features.%d.%d.block.0.0.weight".formatted(stages.size(), last));
  }

  private ImageFlow features(ImageFlow image) {
    int stem = stages.get(0).channels;
    ImageFlow x = STYLE.active(image.conv(stem, 3, stride(2), padding(1), noBias()), "0");
    int number = 1;
    for (Stage stage : stages) {
      x = x.scope("" + number++, y -> stage(y, stage));
    }
    return STYLE.active(x.conv(LAST, 1, noBias()), "" + number);
  }

  private static ImageFlow stage(ImageFlow start, Stage stage) {
    ImageFlow x = start;
    for (int i = 0; i < stage.repeats; i++) {
      int step = i == 0 ? stage.step : 1;
      x =
          x.scope(
              i + ".block", y -> stage.fused ? fused(y, stage, step) : inverted(y, stage, step));
    }
    return x;
  }

  private static ImageFlow inverted(ImageFlow x, Stage stage, int step) {
    int inputs = x.shape().size(-1);
    int expanded = inputs * stage.expansion;
    return new InvertedResidual(
            new InvertedResidual.Sizes(3, expanded, inputs / 4, stage.channels, step), STYLE)
        .on(x);
  }

  private static ImageFlow fused(ImageFlow x, Stage stage, int step) {
    int inputs = x.shape().size(-1);
    boolean wide = stage.expansion > 1;
    int middle = wide ? inputs * stage.expansion : stage.channels;
    ImageFlow y = STYLE.active(x.conv(middle, 3, stride(step), padding(1), noBias()), "0");
    y = wide ? STYLE.normed(y.conv(stage.channels, 1, noBias()), "1") : y;
    return step == 1 && inputs == stage.channels ? y.plus(x) : y;
  }
}
