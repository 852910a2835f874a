package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.interop.pytorch.aten.Item;
import java.util.Map;

/** torchvision's Inception networks: branches side by side. */
final class Inceptions {
  private static final double[] MEANS = {0.485, 0.456, 0.406};
  private static final double[] SPREADS = {0.229, 0.224, 0.225};

  private Inceptions() {}

  static void into(Map<String, Forwards.Row> to) {
    String first = "torchvision.models.googlenet.";
    to.put(first + "GoogLeNet", Inceptions::googlenet);
    to.put(first + "Inception", Inceptions::four);
    to.put(first + "BasicConv2d", Inceptions::convolution);
    String third = "torchvision.models.inception.";
    to.put(third + "Inception3", Inceptions::inception3);
    to.put(third + "BasicConv2d", Inceptions::convolution);
    to.put(third + "InceptionA", Inceptions::a);
    to.put(third + "InceptionB", Inceptions::b);
    to.put(third + "InceptionC", Inceptions::c);
    to.put(third + "InceptionD", Inceptions::d);
    to.put(third + "InceptionE", Inceptions::e);
  }

  private static void convolution(Body body) {
    body.through("conv", "bn");
    body.call("relu");
  }

  private static void googlenet(Body body) {
    normalised(body);
    body.through("conv1", "maxpool1", "conv2", "conv3", "maxpool2");
    body.through("inception3a", "inception3b", "maxpool3");
    body.through("inception4a", "inception4b", "inception4c", "inception4d", "inception4e");
    body.through("maxpool4", "inception5a", "inception5b", "avgpool");
    body.call("flatten", Item.of(1));
    body.through("dropout", "fc");
  }

  private static void inception3(Body body) {
    normalised(body);
    body.through("Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3", "maxpool1");
    body.through("Conv2d_3b_1x1", "Conv2d_4a_3x3", "maxpool2");
    body.through("Mixed_5b", "Mixed_5c", "Mixed_5d");
    body.through("Mixed_6a", "Mixed_6b", "Mixed_6c", "Mixed_6d", "Mixed_6e");
    body.through("Mixed_7a", "Mixed_7b", "Mixed_7c", "avgpool", "dropout");
    body.call("flatten", Item.of(1));
    body.through("fc");
  }

  /** From the usual normalisation of pixels to [−1, 1], where the network asks for it. */
  private static void normalised(Body body) {
    if (!body.flag("transform_input")) {
      return;
    }
    Item.Ref x = body.value();
    Item.Ref[] channels = new Item.Ref[MEANS.length];
    for (int i = 0; i < channels.length; i++) {
      body.from(x).call("narrow", Item.of(1), Item.of(i), Item.of(1));
      body.call("mul", new Item.Real(SPREADS[i] / 0.5));
      channels[i] = body.call("add", new Item.Real((MEANS[i] - 0.5) / 0.5));
    }
    body.cat(channels);
  }

  private static void four(Body body) {
    Item.Ref x = body.value();
    Item.Ref one = body.through("branch1");
    Item.Ref two = body.from(x).through("branch2");
    Item.Ref three = body.from(x).through("branch3");
    body.cat(one, two, three, body.from(x).through("branch4"));
  }

  private static void a(Body body) {
    Item.Ref x = body.value();
    Item.Ref one = body.through("branch1x1");
    Item.Ref five = body.from(x).through("branch5x5_1", "branch5x5_2");
    Item.Ref three = body.from(x).through("branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3");
    body.cat(one, five, three, averaged(body, x));
  }

  private static void b(Body body) {
    Item.Ref x = body.value();
    Item.Ref three = body.through("branch3x3");
    Item.Ref twice = body.from(x).through("branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3");
    body.cat(three, twice, largest(body, x));
  }

  private static void c(Body body) {
    Item.Ref x = body.value();
    Item.Ref one = body.through("branch1x1");
    Item.Ref seven = body.from(x).through("branch7x7_1", "branch7x7_2", "branch7x7_3");
    body.from(x).through("branch7x7dbl_1", "branch7x7dbl_2", "branch7x7dbl_3");
    Item.Ref twice = body.through("branch7x7dbl_4", "branch7x7dbl_5");
    body.cat(one, seven, twice, averaged(body, x));
  }

  private static void d(Body body) {
    Item.Ref x = body.value();
    Item.Ref three = body.through("branch3x3_1", "branch3x3_2");
    body.from(x).through("branch7x7x3_1", "branch7x7x3_2", "branch7x7x3_3");
    Item.Ref seven = body.through("branch7x7x3_4");
    body.cat(three, seven, largest(body, x));
  }

  private static void e(Body body) {
    Item.Ref x = body.value();
    Item.Ref one = body.through("branch1x1");
    Item.Ref three = forked(body, body.from(x).through("branch3x3_1"), "branch3x3_2");
    Item.Ref deep = body.from(x).through("branch3x3dbl_1", "branch3x3dbl_2");
    Item.Ref twice = forked(body, deep, "branch3x3dbl_3");
    body.cat(one, three, twice, averaged(body, x));
  }

  private static Item.Ref forked(Body body, Item.Ref x, String branch) {
    Item.Ref first = body.from(x).through(branch + "a");
    return body.cat(first, body.from(x).through(branch + "b"));
  }

  private static Item.Ref averaged(Body body, Item.Ref x) {
    body.from(x).call("avg_pool2d", Item.of(3), Item.of(1), Item.of(1));
    return body.through("branch_pool");
  }

  private static Item.Ref largest(Body body, Item.Ref x) {
    return body.from(x).call("max_pool2d", Item.of(3), Item.of(2));
  }
}
