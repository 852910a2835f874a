package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.Map;

/** torchvision's Inception networks: branches side by side. */
final class InceptionForwards {
  private static final double[] MEANS = {0.485, 0.456, 0.406};
  private static final double[] SPREADS = {0.229, 0.224, 0.225};

  private InceptionForwards() {}

  static void into(Map<String, KnownForwards.Row> to) {
    String first = "torchvision.models.googlenet.";
    to.put(first + "GoogLeNet", InceptionForwards::googlenet);
    to.put(first + "Inception", InceptionForwards::four);
    to.put(first + "BasicConv2d", InceptionForwards::convolution);
    String third = "torchvision.models.inception.";
    to.put(third + "Inception3", InceptionForwards::inception3);
    to.put(third + "BasicConv2d", InceptionForwards::convolution);
    to.put(third + "InceptionA", InceptionForwards::a);
    to.put(third + "InceptionB", InceptionForwards::b);
    to.put(third + "InceptionC", InceptionForwards::c);
    to.put(third + "InceptionD", InceptionForwards::d);
    to.put(third + "InceptionE", InceptionForwards::e);
  }

  private static void convolution(ModuleBody body) {
    body.through("conv", "bn");
    body.call("relu");
  }

  private static void googlenet(ModuleBody body) {
    normalised(body);
    body.through("conv1", "maxpool1", "conv2", "conv3", "maxpool2");
    body.through("inception3a", "inception3b", "maxpool3");
    body.through("inception4a", "inception4b", "inception4c", "inception4d", "inception4e");
    body.through("maxpool4", "inception5a", "inception5b", "avgpool");
    body.call("flatten", AtenItem.of(1));
    body.through("dropout", "fc");
  }

  private static void inception3(ModuleBody body) {
    normalised(body);
    body.through("Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3", "maxpool1");
    body.through("Conv2d_3b_1x1", "Conv2d_4a_3x3", "maxpool2");
    body.through("Mixed_5b", "Mixed_5c", "Mixed_5d");
    body.through("Mixed_6a", "Mixed_6b", "Mixed_6c", "Mixed_6d", "Mixed_6e");
    body.through("Mixed_7a", "Mixed_7b", "Mixed_7c", "avgpool", "dropout");
    body.call("flatten", AtenItem.of(1));
    body.through("fc");
  }

  /** From the usual normalisation of pixels to [−1, 1], where the network asks for it. */
  private static void normalised(ModuleBody body) {
    if (!body.flag("transform_input")) {
      return;
    }
    AtenItem.Ref x = body.value();
    AtenItem.Ref[] channels = new AtenItem.Ref[MEANS.length];
    for (int i = 0; i < channels.length; i++) {
      body.from(x).call("narrow", AtenItem.of(1), AtenItem.of(i), AtenItem.of(1));
      body.call("mul", new AtenItem.Real(SPREADS[i] / 0.5));
      channels[i] = body.call("add", new AtenItem.Real((MEANS[i] - 0.5) / 0.5));
    }
    body.cat(channels);
  }

  private static void four(ModuleBody body) {
    AtenItem.Ref x = body.value();
    AtenItem.Ref one = body.through("branch1");
    AtenItem.Ref two = body.from(x).through("branch2");
    AtenItem.Ref three = body.from(x).through("branch3");
    body.cat(one, two, three, body.from(x).through("branch4"));
  }

  private static void a(ModuleBody body) {
    AtenItem.Ref x = body.value();
    AtenItem.Ref one = body.through("branch1x1");
    AtenItem.Ref five = body.from(x).through("branch5x5_1", "branch5x5_2");
    AtenItem.Ref three = body.from(x).through("branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3");
    body.cat(one, five, three, averaged(body, x));
  }

  private static void b(ModuleBody body) {
    AtenItem.Ref x = body.value();
    AtenItem.Ref three = body.through("branch3x3");
    AtenItem.Ref twice = body.from(x).through("branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3");
    body.cat(three, twice, largest(body, x));
  }

  private static void c(ModuleBody body) {
    AtenItem.Ref x = body.value();
    AtenItem.Ref one = body.through("branch1x1");
    AtenItem.Ref seven = body.from(x).through("branch7x7_1", "branch7x7_2", "branch7x7_3");
    body.from(x).through("branch7x7dbl_1", "branch7x7dbl_2", "branch7x7dbl_3");
    AtenItem.Ref twice = body.through("branch7x7dbl_4", "branch7x7dbl_5");
    body.cat(one, seven, twice, averaged(body, x));
  }

  private static void d(ModuleBody body) {
    AtenItem.Ref x = body.value();
    AtenItem.Ref three = body.through("branch3x3_1", "branch3x3_2");
    body.from(x).through("branch7x7x3_1", "branch7x7x3_2", "branch7x7x3_3");
    AtenItem.Ref seven = body.through("branch7x7x3_4");
    body.cat(three, seven, largest(body, x));
  }

  private static void e(ModuleBody body) {
    AtenItem.Ref x = body.value();
    AtenItem.Ref one = body.through("branch1x1");
    AtenItem.Ref three = forked(body, body.from(x).through("branch3x3_1"), "branch3x3_2");
    AtenItem.Ref deep = body.from(x).through("branch3x3dbl_1", "branch3x3dbl_2");
    AtenItem.Ref twice = forked(body, deep, "branch3x3dbl_3");
    body.cat(one, three, twice, averaged(body, x));
  }

  private static AtenItem.Ref forked(ModuleBody body, AtenItem.Ref x, String branch) {
    AtenItem.Ref first = body.from(x).through(branch + "a");
    return body.cat(first, body.from(x).through(branch + "b"));
  }

  private static AtenItem.Ref averaged(ModuleBody body, AtenItem.Ref x) {
    body.from(x).call("avg_pool2d", AtenItem.of(3), AtenItem.of(1), AtenItem.of(1));
    return body.through("branch_pool");
  }

  private static AtenItem.Ref largest(ModuleBody body, AtenItem.Ref x) {
    return body.from(x).call("max_pool2d", AtenItem.of(3), AtenItem.of(2));
  }
}
