package dev.axiomml.dsl.zoo;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Well-known networks with torchvision's parameter names; weights come from files.
 *
 * <pre>{@code
 * Model<Scores> resnet = Zoo.resnet18().build();
 * }</pre>
 */
public final class Zoo {
  private static final List<ZooNetwork> ALL =
      Stream.concat(
              Stream.of(
                  ResNet.of("resnet18", ResNet.Block.BASIC, 2, 2, 2, 2),
                  ResNet.of("resnet34", ResNet.Block.BASIC, 3, 4, 6, 3),
                  ResNet.of("resnet50", ResNet.Block.BOTTLENECK, 3, 4, 6, 3),
                  ResNet.of("resnet101", ResNet.Block.BOTTLENECK, 3, 4, 23, 3),
                  ResNet.of("resnet152", ResNet.Block.BOTTLENECK, 3, 8, 36, 3),
                  ResNet.of("resnext50_32x4d", ResNet.Block.GROUPED, 3, 4, 6, 3),
                  ResNet.of("resnext101_32x8d", ResNet.Block.GROUPED_WIDE, 3, 4, 23, 3),
                  ResNet.of("resnext101_64x4d", ResNet.Block.GROUPED_64, 3, 4, 23, 3),
                  ResNet.of("wide_resnet50_2", ResNet.Block.WIDE, 3, 4, 6, 3),
                  ResNet.of("wide_resnet101_2", ResNet.Block.WIDE, 3, 4, 23, 3),
                  Vgg.of("vgg11", 1, 1, 2, 2, 2),
                  Vgg.of("vgg13", 2, 2, 2, 2, 2),
                  Vgg.of("vgg16", 2, 2, 3, 3, 3),
                  Vgg.of("vgg19", 2, 2, 4, 4, 4),
                  Vgg.of("vgg11_bn", 1, 1, 2, 2, 2),
                  Vgg.of("vgg13_bn", 2, 2, 2, 2, 2),
                  Vgg.of("vgg16_bn", 2, 2, 3, 3, 3),
                  Vgg.of("vgg19_bn", 2, 2, 4, 4, 4),
                  MobileNetV2.network(),
                  MobileNetV3.large(),
                  MobileNetV3.small(),
                  EfficientNet.of(0),
                  EfficientNet.of(1),
                  EfficientNet.of(2),
                  EfficientNet.of(3),
                  EfficientNet.of(4),
                  EfficientNet.of(5),
                  EfficientNet.of(6),
                  EfficientNet.of(7),
                  GoogLeNet.network(),
                  ShuffleNetV2.of("shufflenet_v2_x0_5", 48, 96, 192, 1024),
                  ShuffleNetV2.of("shufflenet_v2_x1_0", 116, 232, 464, 1024),
                  ShuffleNetV2.of("shufflenet_v2_x1_5", 176, 352, 704, 1024),
                  ShuffleNetV2.of("shufflenet_v2_x2_0", 244, 488, 976, 2048),
                  VisionTransformer.base("vit_b_16", 16),
                  VisionTransformer.base("vit_b_32", 32),
                  VisionTransformer.large("vit_l_16", 16),
                  VisionTransformer.large("vit_l_32", 32),
                  MnasNet.of("mnasnet0_5", 0.5),
                  MnasNet.of("mnasnet0_75", 0.75),
                  MnasNet.of("mnasnet1_0", 1.0),
                  MnasNet.of("mnasnet1_3", 1.3),
                  AlexNet.network(),
                  SqueezeNet.of("squeezenet1_0"),
                  SqueezeNet.of("squeezenet1_1"),
                  DenseNet.of("densenet121", 6, 12, 24, 16),
                  DenseNet.of("densenet169", 6, 12, 32, 32),
                  DenseNet.of("densenet201", 6, 12, 48, 32),
                  DenseNet.of("densenet161", 6, 12, 36, 24),
                  EfficientNetV2.small(),
                  EfficientNetV2.medium(),
                  EfficientNetV2.large(),
                  ConvNeXt.of("convnext_tiny", 96, 9),
                  ConvNeXt.of("convnext_small", 96, 27),
                  ConvNeXt.of("convnext_base", 128, 27),
                  ConvNeXt.of("convnext_large", 192, 27),
                  InceptionV3.network()),
              RegNet.all().stream())
          .toList();

  private Zoo() {}

  /** All networks. */
  public static List<ZooNetwork> all() {
    return ALL;
  }

  /** The network of a torchvision name. @throws ModelException when there is none */
  public static ZooNetwork named(String name) {
    return ALL.stream()
        .filter(network -> network.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static ModelException unknown(String name) {
    return new ModelException(
        new Diagnosis(
            "no network called " + name,
            "Zoo",
            "the zoo has " + ALL.stream().map(ZooNetwork::name).toList(),
            "take one of these, or write it with Axiom.model(…)"));
  }

  /** He et al. 2015, 18 layers. */
  public static ZooNetwork resnet18() {
    return named("resnet18");
  }

  /** He et al. 2015, 34 layers. */
  public static ZooNetwork resnet34() {
    return named("resnet34");
  }

  /** He et al. 2015, 50 layers. */
  public static ZooNetwork resnet50() {
    return named("resnet50");
  }

  /** He et al. 2015, 101 layers. */
  public static ZooNetwork resnet101() {
    return named("resnet101");
  }

  /** He et al. 2015, 152 layers. */
  public static ZooNetwork resnet152() {
    return named("resnet152");
  }

  /** Simonyan and Zisserman 2014, 11 layers. */
  public static ZooNetwork vgg11() {
    return named("vgg11");
  }

  /** Simonyan and Zisserman 2014, 13 layers. */
  public static ZooNetwork vgg13() {
    return named("vgg13");
  }

  /** Simonyan and Zisserman 2014, 16 layers. */
  public static ZooNetwork vgg16() {
    return named("vgg16");
  }

  /** Simonyan and Zisserman 2014, 16 layers, with batch norm. */
  public static ZooNetwork vgg16bn() {
    return named("vgg16_bn");
  }

  /** Simonyan and Zisserman 2014, 19 layers. */
  public static ZooNetwork vgg19() {
    return named("vgg19");
  }

  /** Sandler et al. 2018. */
  public static ZooNetwork mobileNetV2() {
    return named("mobilenet_v2");
  }

  /** Krizhevsky 2014. */
  public static ZooNetwork alexnet() {
    return named("alexnet");
  }

  /** Iandola et al. 2016, version 1.1. */
  public static ZooNetwork squeezenet() {
    return named("squeezenet1_1");
  }

  /** Huang et al. 2017, 121 layers. */
  public static ZooNetwork densenet121() {
    return named("densenet121");
  }

  /** Howard et al. 2019, large. */
  public static ZooNetwork mobileNetV3Large() {
    return named("mobilenet_v3_large");
  }

  /** Howard et al. 2019, small. */
  public static ZooNetwork mobileNetV3Small() {
    return named("mobilenet_v3_small");
  }

  /** Tan and Le 2019, number 0 to 7; images of 224 to 600 pixels a side. */
  public static ZooNetwork efficientNet(int number) {
    return named("efficientnet_b" + number);
  }

  /**
   * Szegedy et al. 2014, without the heads of training. torchvision's own weights want pixels in
   * [−1, 1]; its {@code transform_input} brings its usual normalisation there.
   */
  public static ZooNetwork googLeNet() {
    return named("googlenet");
  }

  /** Ma et al. 2018, width 1. */
  public static ZooNetwork shuffleNetV2() {
    return named("shufflenet_v2_x1_0");
  }

  /** Tan et al. 2018, width 1. */
  public static ZooNetwork mnasNet() {
    return named("mnasnet1_0");
  }

  /**
   * Dosovitskiy et al. 2020, base, patches of 16×16; the number of patches belongs to its weights.
   * Its {@code features()} are the patches before the first layer.
   */
  public static ZooNetwork visionTransformer() {
    return named("vit_b_16");
  }
}
