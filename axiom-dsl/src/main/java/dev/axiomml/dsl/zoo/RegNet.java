package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.RELU;
import static dev.axiomml.dsl.Dsl.SIGMOID;
import static dev.axiomml.dsl.Dsl.groups;
import static dev.axiomml.dsl.Dsl.noBias;
import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.dsl.ImageFlow;
import dev.axiomml.dsl.part.NormParts;
import java.util.List;

/**
 * RegNets as torchvision has them: four stages of bottlenecks whose middle is as wide as their end,
 * in groups of equal width; the Y family weighs its channels. Radosavovic et al. 2020.
 *
 * @param group channels of a group, where the stage has as many
 * @param excited whether it is of the Y family
 * @param widths channels of each stage
 * @param depths blocks of each stage
 */
record RegNet(int group, boolean excited, List<Integer> widths, List<Integer> depths) {
  private static final int STEM = 32;
  private static final InvertedResidual.Style STYLE =
      new InvertedResidual.Style(NormParts.EPSILON, RELU, RELU, SIGMOID);

  /** All of them: name, group, then width and depth of each stage. */
  static List<ZooNetwork> all() {
    return List.of(
        of("regnet_y_400mf", 8, 48, 1, 104, 3, 208, 6, 440, 6),
        of("regnet_y_800mf", 16, 64, 1, 144, 3, 320, 8, 784, 2),
        of("regnet_y_1_6gf", 24, 48, 2, 120, 6, 336, 17, 888, 2),
        of("regnet_y_3_2gf", 24, 72, 2, 216, 5, 576, 13, 1512, 1),
        of("regnet_y_8gf", 56, 224, 2, 448, 4, 896, 10, 2016, 1),
        of("regnet_y_16gf", 112, 224, 2, 448, 4, 1232, 11, 3024, 1),
        of("regnet_y_32gf", 232, 232, 2, 696, 5, 1392, 12, 3712, 1),
        of("regnet_y_128gf", 264, 528, 2, 1056, 7, 2904, 17, 7392, 1),
        of("regnet_x_400mf", 16, 32, 1, 64, 2, 160, 7, 400, 12),
        of("regnet_x_800mf", 16, 64, 1, 128, 3, 288, 7, 672, 5),
        of("regnet_x_1_6gf", 24, 72, 2, 168, 4, 408, 10, 912, 2),
        of("regnet_x_3_2gf", 48, 96, 2, 192, 6, 432, 15, 1008, 2),
        of("regnet_x_8gf", 120, 80, 2, 240, 5, 720, 15, 1920, 1),
        of("regnet_x_16gf", 128, 256, 2, 512, 6, 896, 13, 2048, 1),
        of("regnet_x_32gf", 168, 336, 2, 672, 7, 1344, 13, 2520, 1));
  }

  private static ZooNetwork of(String name, int group, int... stages) {
    RegNet plan =
        new RegNet(
            group,
            name.contains("_y_"),
            List.of(stages[0], stages[2], stages[4], stages[6]),
            List.of(stages[1], stages[3], stages[5], stages[7]));
    return new ZooNetwork(
            name,
            new ZooNetwork.Parts(
                plan::features, (x, classes) -> x.globalAveragePool().dense(classes).named("fc")))
        .knownBy("trunk_output.block3.block3-%d.f.a.0.weight".formatted(stages[5] - 1));
  }

  private ImageFlow features(ImageFlow image) {
    ImageFlow x = STYLE.active(image.conv(STEM, 3, stride(2), padding(1), noBias()), "stem");
    for (int stage = 0; stage < widths.size(); stage++) {
      for (int i = 0; i < depths.get(stage); i++) {
        int number = stage + 1;
        int width = widths.get(stage);
        int step = i == 0 ? 2 : 1;
        String path = "trunk_output.block%d.block%d-%d".formatted(number, number, i);
        x = x.scope(path, y -> block(y, width, step));
      }
    }
    return x;
  }

  private ImageFlow block(ImageFlow x, int width, int step) {
    boolean same = step == 1 && x.shape().size(-1) == width;
    ImageFlow shortcut = same ? x : STYLE.normed(x.conv(width, 1, stride(step), noBias()), "proj");
    return shortcut.plus(x.scope("f", y -> bottleneck(y, width, step))).relu();
  }

  private ImageFlow bottleneck(ImageFlow x, int width, int step) {
    ImageFlow y = STYLE.active(x.conv(width, 1, noBias()), "a");
    int parts = width / Math.min(group, width);
    y = STYLE.active(y.conv(width, 3, stride(step), padding(1), groups(parts), noBias()), "b");
    if (excited) {
      int squeezed = (int) Math.rint(0.25 * x.shape().size(-1));
      y = y.times(y.scope("se", z -> STYLE.excitation(z, squeezed)));
    }
    return STYLE.normed(y.conv(width, 1, noBias()), "c");
  }
}
