package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.pickle.PyValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the forward() of known classes does: a row a class, by its full name. */
final class KnownForwards {
  /** Writes down what a module does to the value so far. */
  @FunctionalInterface
  interface Row {
    void run(ModuleBody body);
  }

  private static final AtenItem ONE = AtenItem.of(1);
  private static final Map<String, Row> ROWS = rows();

  private KnownForwards() {}

  static Optional<Row> of(PyValue.Global type) {
    return Optional.ofNullable(ROWS.get(type.module() + "." + type.name()));
  }

  private static Map<String, Row> rows() {
    Map<String, Row> to = new HashMap<>();
    sequences(to);
    classifiers(to);
    residuals(to);
    InceptionForwards.into(to);
    TransformerForwards.into(to);
    return Map.copyOf(to);
  }

  private static void sequences(Map<String, Row> to) {
    for (String name :
        List.of(
            "torch.nn.modules.container.Sequential",
            "torchvision.ops.misc.ConvNormActivation",
            "torchvision.ops.misc.Conv2dNormActivation",
            "torchvision.ops.misc.MLP",
            "torchvision.models.mobilenetv2.ConvBNReLU",
            "torchvision.models.mobilenetv2.ConvBNActivation",
            "torchvision.models.densenet._Transition",
            "torchvision.models.regnet.SimpleStemIN",
            "torchvision.models.regnet.AnyStage",
            "torchvision.models.regnet.BottleneckTransform",
            "torchvision.models.vision_transformer.MLPBlock")) {
      to.put(name, ModuleBody::throughAll);
    }
    to.put("torchvision.ops.stochastic_depth.StochasticDepth", body -> {});
  }

  private static void classifiers(Map<String, Row> to) {
    String models = "torchvision.models.";
    to.put(models + "resnet.ResNet", KnownForwards::resnet);
    to.put(models + "vgg.VGG", KnownForwards::classified);
    to.put(models + "alexnet.AlexNet", KnownForwards::classified);
    to.put(models + "mobilenetv3.MobileNetV3", KnownForwards::classified);
    to.put(models + "efficientnet.EfficientNet", KnownForwards::classified);
    to.put(models + "mobilenetv2.MobileNetV2", body -> pooled(body, "features", "classifier"));
    to.put(models + "mnasnet.MNASNet", body -> pooled(body, "layers", "classifier"));
    to.put(models + "squeezenet.SqueezeNet", KnownForwards::squeezenet);
    to.put(models + "densenet.DenseNet", KnownForwards::densenet);
    to.put(models + "shufflenetv2.ShuffleNetV2", KnownForwards::shufflenet);
    to.put(models + "regnet.RegNet", KnownForwards::regnet);
    to.put(models + "convnext.ConvNeXt", b -> b.through("features", "avgpool", "classifier"));
  }

  private static void residuals(Map<String, Row> to) {
    String models = "torchvision.models.";
    to.put(models + "resnet.BasicBlock", body -> block(body, 2));
    to.put(models + "resnet.Bottleneck", body -> block(body, 3));
    to.put(models + "squeezenet.Fire", KnownForwards::fire);
    to.put(models + "densenet._DenseBlock", KnownForwards::denseBlock);
    to.put(models + "mobilenetv2.InvertedResidual", b -> added(b, "conv", "use_res_connect"));
    to.put(models + "mobilenetv3.InvertedResidual", b -> added(b, "block", "use_res_connect"));
    to.put(models + "efficientnet.MBConv", KnownForwards::sometimesAdded);
    to.put(models + "efficientnet.FusedMBConv", KnownForwards::sometimesAdded);
    to.put(models + "mnasnet._InvertedResidual", b -> added(b, "layers", "apply_residual"));
    to.put(models + "shufflenetv2.InvertedResidual", KnownForwards::shuffled);
    to.put(models + "regnet.ResBottleneckBlock", KnownForwards::regnetBlock);
    to.put(models + "convnext.CNBlock", KnownForwards::convnextBlock);
    to.put(models + "convnext.LayerNorm2d", KnownForwards::channelNorm);
    to.put("torchvision.ops.misc.SqueezeExcitation", KnownForwards::excited);
    to.put("torchvision.ops.misc.Permute", KnownForwards::permuted);
  }

  private static void classified(ModuleBody body) {
    body.through("features", "avgpool");
    body.call("flatten", ONE);
    body.through("classifier");
  }

  private static void pooled(ModuleBody body, String features, String last) {
    body.through(features);
    mean(body);
    body.through(last);
  }

  /** The mean over both axes of an image. */
  private static void mean(ModuleBody body) {
    body.call("mean", AtenItem.of(List.of(2, 3)));
  }

  private static void resnet(ModuleBody body) {
    body.through("conv1", "bn1", "relu", "maxpool");
    body.through("layer1", "layer2", "layer3", "layer4", "avgpool");
    body.call("flatten", ONE);
    body.through("fc");
  }

  private static void squeezenet(ModuleBody body) {
    body.through("features", "classifier");
    body.call("flatten", ONE);
  }

  private static void densenet(ModuleBody body) {
    body.through("features");
    body.call("relu");
    body.call("adaptive_avg_pool2d", AtenItem.of(List.of(1, 1)));
    body.call("flatten", ONE);
    body.through("classifier");
  }

  private static void shufflenet(ModuleBody body) {
    body.through("conv1", "maxpool", "stage2", "stage3", "stage4", "conv5");
    mean(body);
    body.through("fc");
  }

  private static void regnet(ModuleBody body) {
    body.through("stem", "trunk_output", "avgpool");
    body.call("flatten", ONE);
    body.through("fc");
  }

  /** Convolutions with norms, the activation between them and after the sum. */
  private static void block(ModuleBody body, int convolutions) {
    AtenItem.Ref x = body.value();
    for (int i = 1; i <= convolutions; i++) {
      body.through("conv" + i, "bn" + i);
      if (i < convolutions) {
        body.through("relu");
      }
    }
    AtenItem.Ref y = body.value();
    body.from(x);
    body.plus(y, body.has("downsample") ? body.through("downsample") : x);
    body.through("relu");
  }

  private static void added(ModuleBody body, String child, String when) {
    AtenItem.Ref x = body.value();
    AtenItem.Ref y = body.through(child);
    if (body.flag(when)) {
      body.plus(y, x);
    }
  }

  private static void sometimesAdded(ModuleBody body) {
    AtenItem.Ref x = body.value();
    AtenItem.Ref y = body.through("block");
    if (body.flag("use_res_connect")) {
      body.plus(body.from(y).through("stochastic_depth"), x);
    }
  }

  private static void fire(ModuleBody body) {
    AtenItem.Ref x = body.through("squeeze", "squeeze_activation");
    AtenItem.Ref narrow = body.through("expand1x1", "expand1x1_activation");
    body.cat(narrow, body.from(x).through("expand3x3", "expand3x3_activation"));
  }

  /** Each layer gets everything that came before it. */
  private static void denseBlock(ModuleBody body) {
    AtenItem.Ref all = body.value();
    for (String name : body.tree().children().keySet()) {
      ModuleBody layer =
          new ModuleBody(body.child(name), body.below(name), body.chain(), body.children());
      layer.from(all).through("norm1", "relu1", "conv1", "norm2", "relu2", "conv2");
      all = body.cat(all, body.value());
    }
  }

  private static void shuffled(ModuleBody body) {
    AtenItem.Ref x = body.value();
    if (body.whole("stride") > 1) {
      AtenItem.Ref first = body.through("branch1");
      body.cat(first, body.from(x).through("branch2"));
    } else {
      AtenItem.Ref halves = body.call("chunk", AtenItem.of(2), ONE);
      AtenItem.Ref first = body.call("_operator.getitem", AtenItem.of(0));
      body.from(halves).call("_operator.getitem", ONE);
      body.cat(first, body.through("branch2"));
    }
    body.call("channel_shuffle", AtenItem.of(2));
  }

  private static void regnetBlock(ModuleBody body) {
    AtenItem.Ref x = body.value();
    AtenItem.Ref y = body.through("f");
    body.from(x);
    body.plus(body.has("proj") ? body.through("proj") : x, y);
    body.through("activation");
  }

  private static void convnextBlock(ModuleBody body) {
    AtenItem.Ref x = body.value();
    body.through("block");
    body.call("mul", body.weight("layer_scale"));
    body.plus(body.through("stochastic_depth"), x);
  }

  private static void channelNorm(ModuleBody body) {
    body.call("permute", AtenItem.of(List.of(0, 2, 3, 1)));
    body.call(
        "layer_norm",
        body.item("normalized_shape"),
        body.weight("weight"),
        body.weight("bias"),
        new AtenItem.Real(body.real("eps")));
    body.call("permute", AtenItem.of(List.of(0, 3, 1, 2)));
  }

  private static void excited(ModuleBody body) {
    AtenItem.Ref x = body.value();
    AtenItem.Ref scale = body.through("avgpool", "fc1", "activation", "fc2", "scale_activation");
    body.call("mul", List.of(scale, x));
  }

  private static void permuted(ModuleBody body) {
    body.call("permute", body.item("dims"));
  }
}
