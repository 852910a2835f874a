package dev.axiomml.dsl.zoo;

import static dev.axiomml.dsl.Dsl.ceil;
import static dev.axiomml.dsl.Dsl.noBias;
import static dev.axiomml.dsl.Dsl.padding;
import static dev.axiomml.dsl.Dsl.stride;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.dsl.ImageFlow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * GoogLeNet as torchvision evaluates it: its auxiliary heads work in training only and are left
 * out. What should be 5×5 convolutions are 3×3 there, and so here.
 */
final class GoogLeNet {
  private static final double EPSILON = 1e-3;

  /** Widths: 1×1; 3×3, before and of it; the other 3×3 likewise; after the pool. */
  private record Module(String name, int one, List<Integer> three, List<Integer> five, int pool) {
    ImageFlow on(ImageFlow x) {
      ImageFlow first = x.scope("branch1", y -> unit(y.conv(one, 1, noBias())));
      ImageFlow second = x.scope("branch2", y -> narrowed(y, three));
      ImageFlow third = x.scope("branch3", y -> narrowed(y, five));
      ImageFlow fourth = x.scope("branch4", this::pooled);
      return first.concat(second).concat(third).concat(fourth);
    }

    private static ImageFlow narrowed(ImageFlow x, List<Integer> widths) {
      ImageFlow narrow = x.scope("0", y -> unit(y.conv(widths.get(0), 1, noBias())));
      return narrow.scope("1", y -> unit(y.conv(widths.get(1), 3, padding(1), noBias())));
    }

    private ImageFlow pooled(ImageFlow x) {
      ImageFlow largest = x.maxPool(3, stride(1), padding(1), ceil());
      return largest.scope("1", y -> unit(y.conv(pool, 1, noBias())));
    }
  }

  /** Table 1 of Szegedy et al. 2014. */
  private static final List<Module> MODULES =
      List.of(
          new Module("inception3a", 64, List.of(96, 128), List.of(16, 32), 32),
          new Module("inception3b", 128, List.of(128, 192), List.of(32, 96), 64),
          new Module("inception4a", 192, List.of(96, 208), List.of(16, 48), 64),
          new Module("inception4b", 160, List.of(112, 224), List.of(24, 64), 64),
          new Module("inception4c", 128, List.of(128, 256), List.of(24, 64), 64),
          new Module("inception4d", 112, List.of(144, 288), List.of(32, 64), 64),
          new Module("inception4e", 256, List.of(160, 320), List.of(32, 128), 128),
          new Module("inception5a", 256, List.of(160, 320), List.of(32, 128), 128),
          new Module("inception5b", 384, List.of(192, 384), List.of(48, 128), 128));

  private GoogLeNet() {}

  static ZooNetwork network() {
    return new ZooNetwork(
            "googlenet",
            new ZooNetwork.Parts(
                GoogLeNet::features,
                (x, classes) -> x.globalAveragePool().dropout(0.2).dense(classes).named("fc"),
                GoogLeNet::auxiliary))
        .knownBy("inception5b.branch4.1.conv.weight");
  }

  private static ImageFlow features(ImageFlow image) {
    ImageFlow x = image.scope("conv1", y -> unit(y.conv(64, 7, stride(2), padding(3), noBias())));
    x = x.maxPool(3, stride(2), ceil()).scope("conv2", y -> unit(y.conv(64, 1, noBias())));
    x = x.scope("conv3", y -> unit(y.conv(192, 3, padding(1), noBias())));
    x = x.maxPool(3, stride(2), ceil());
    for (Module module : MODULES) {
      x = x.scope(module.name, module::on);
      x = module.name.equals("inception3b") ? x.maxPool(3, stride(2), ceil()) : x;
      x = module.name.equals("inception4e") ? x.maxPool(2, stride(2), ceil()) : x;
    }
    return x;
  }

  private static ImageFlow unit(ImageFlow conv) {
    return conv.named("conv").batchNorm(EPSILON).named("bn").relu();
  }

  /** What the heads of training have: after modules 4a and 4d. */
  private static Map<String, Shape> auxiliary(int classes) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    auxiliary(shapes, "aux1", 512, classes);
    auxiliary(shapes, "aux2", 528, classes);
    return shapes;
  }

  private static void auxiliary(Map<String, Shape> shapes, String name, int channels, int classes) {
    shapes.put(name + ".conv.conv.weight", Shape.of(128, channels, 1, 1));
    for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
      shapes.put(name + ".conv.bn." + part, Shape.of(128));
    }
    shapes.put(name + ".fc1.weight", Shape.of(1024, 2048));
    shapes.put(name + ".fc1.bias", Shape.of(1024));
    shapes.put(name + ".fc2.weight", Shape.of(classes, 1024));
    shapes.put(name + ".fc2.bias", Shape.of(classes));
  }
}
