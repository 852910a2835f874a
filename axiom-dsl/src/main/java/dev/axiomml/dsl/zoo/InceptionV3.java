package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.image;
import static dev.axiomml.dsl.Dsl.noBias;
import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.size;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.dsl.ImageFlow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Inception v3 as torchvision evaluates it: its auxiliary head works in training only and is left
 * out. Szegedy et al. 2015.
 */
final class InceptionV3 {
  private static final double EPSILON = 1e-3;

  private InceptionV3() {}

  static ZooNetwork network() {
    return new ZooNetwork(
            "inception_v3",
            new ZooNetwork.Parts(
                InceptionV3::features,
                (x, classes) -> x.globalAveragePool().dropout(0.5).dense(classes).named("fc"),
                InceptionV3::auxiliary))
        .input(image(299, 299, 3))
        .knownBy("Mixed_7c.branch_pool.conv.weight");
  }

  private static ImageFlow features(ImageFlow image) {
    ImageFlow x = unit(image.conv(32, 3, stride(2), noBias()), "Conv2d_1a_3x3");
    x = unit(x.conv(32, 3, noBias()), "Conv2d_2a_3x3");
    x = square(x, 64, "Conv2d_2b_3x3").maxPool(3, stride(2));
    x = one(x, 80, "Conv2d_3b_1x1");
    x = unit(x.conv(192, 3, noBias()), "Conv2d_4a_3x3").maxPool(3, stride(2));
    x = x.scope("Mixed_5b", y -> fine(y, 32));
    x = x.scope("Mixed_5c", y -> fine(y, 64));
    x = x.scope("Mixed_5d", y -> fine(y, 64));
    x = x.scope("Mixed_6a", InceptionV3::halved);
    x = x.scope("Mixed_6b", y -> crossed(y, 128));
    x = x.scope("Mixed_6c", y -> crossed(y, 160));
    x = x.scope("Mixed_6d", y -> crossed(y, 160));
    x = x.scope("Mixed_6e", y -> crossed(y, 192));
    x = x.scope("Mixed_7a", InceptionV3::halvedAgain);
    x = x.scope("Mixed_7b", InceptionV3::spread);
    return x.scope("Mixed_7c", InceptionV3::spread);
  }

  /** Figure 5: of 35×35 images. */
  private static ImageFlow fine(ImageFlow x, int pooled) {
    ImageFlow five = one(x, 48, "branch5x5_1").conv(64, 5, padding(2), noBias());
    ImageFlow three = square(one(x, 64, "branch3x3dbl_1"), 96, "branch3x3dbl_2");
    return one(x, 64, "branch1x1")
        .concat(unit(five, "branch5x5_2"))
        .concat(square(three, 96, "branch3x3dbl_3"))
        .concat(pooled(x, pooled));
  }

  /** Figure 10: to 17×17. */
  private static ImageFlow halved(ImageFlow x) {
    ImageFlow three = square(one(x, 64, "branch3x3dbl_1"), 96, "branch3x3dbl_2");
    return smaller(x, 384, "branch3x3")
        .concat(smaller(three, 96, "branch3x3dbl_3"))
        .concat(x.maxPool(3, stride(2)));
  }

  /** Figure 6: rows and columns apart. */
  private static ImageFlow crossed(ImageFlow x, int width) {
    ImageFlow once = wide(one(x, width, "branch7x7_1"), width, "branch7x7_2");
    ImageFlow twice = tall(one(x, width, "branch7x7dbl_1"), width, "branch7x7dbl_2");
    twice = tall(wide(twice, width, "branch7x7dbl_3"), width, "branch7x7dbl_4");
    return one(x, 192, "branch1x1")
        .concat(tall(once, 192, "branch7x7_3"))
        .concat(wide(twice, 192, "branch7x7dbl_5"))
        .concat(pooled(x, 192));
  }

  /** To 8×8. */
  private static ImageFlow halvedAgain(ImageFlow x) {
    ImageFlow seven = wide(one(x, 192, "branch7x7x3_1"), 192, "branch7x7x3_2");
    return smaller(one(x, 192, "branch3x3_1"), 320, "branch3x3_2")
        .concat(smaller(tall(seven, 192, "branch7x7x3_3"), 192, "branch7x7x3_4"))
        .concat(x.maxPool(3, stride(2)));
  }

  /** Figure 7: rows and columns side by side. */
  private static ImageFlow spread(ImageFlow x) {
    ImageFlow three = one(x, 384, "branch3x3_1");
    ImageFlow twice = square(one(x, 448, "branch3x3dbl_1"), 384, "branch3x3dbl_2");
    return one(x, 320, "branch1x1")
        .concat(both(three, "branch3x3_2"))
        .concat(both(twice, "branch3x3dbl_3"))
        .concat(pooled(x, 192));
  }

  private static ImageFlow both(ImageFlow x, String name) {
    ImageFlow row = unit(x.conv(384, size(1, 3), padding(0, 1), noBias()), name + "a");
    return row.concat(unit(x.conv(384, size(3, 1), padding(1, 0), noBias()), name + "b"));
  }

  private static ImageFlow pooled(ImageFlow x, int channels) {
    return one(x.averagePool(3, stride(1), padding(1)), channels, "branch_pool");
  }

  private static ImageFlow one(ImageFlow x, int channels, String name) {
    return unit(x.conv(channels, 1, noBias()), name);
  }

  private static ImageFlow square(ImageFlow x, int channels, String name) {
    return unit(x.conv(channels, 3, padding(1), noBias()), name);
  }

  private static ImageFlow smaller(ImageFlow x, int channels, String name) {
    return unit(x.conv(channels, 3, stride(2), noBias()), name);
  }

  private static ImageFlow wide(ImageFlow x, int channels, String name) {
    return unit(x.conv(channels, size(1, 7), padding(0, 3), noBias()), name);
  }

  private static ImageFlow tall(ImageFlow x, int channels, String name) {
    return unit(x.conv(channels, size(7, 1), padding(3, 0), noBias()), name);
  }

  private static ImageFlow unit(ImageFlow conv, String name) {
    return conv.named(name + ".conv").batchNorm(EPSILON).named(name + ".bn").relu();
  }

  /** What the head of training has: after the modules of 17×17. */
  private static Map<String, Shape> auxiliary(int classes) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    auxiliary(shapes, "AuxLogits.conv0", Shape.of(128, 768, 1, 1));
    auxiliary(shapes, "AuxLogits.conv1", Shape.of(768, 128, 5, 5));
    shapes.put("AuxLogits.fc.weight", Shape.of(classes, 768));
    shapes.put("AuxLogits.fc.bias", Shape.of(classes));
    return shapes;
  }

  private static void auxiliary(Map<String, Shape> shapes, String name, Shape kernel) {
    shapes.put(name + ".conv.weight", kernel);
    for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
      shapes.put(name + ".bn." + part, Shape.of(kernel.size(0)));
    }
  }
}
