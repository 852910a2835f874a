package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelImportException;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** PyTorch's layers, a row a class: which calls a layer makes. */
final class LayerTable {
  /** What a layer does to the value that comes to it. */
  @FunctionalInterface
  interface Row {
    void apply(TorchLayer layer, LayerChain chain);
  }

  /** Of running statistics, which only training moves. */
  private static final AtenItem MOMENTUM = new AtenItem.Real(0.1);

  private static final AtenItem ONE = AtenItem.of(1);
  private static final AtenItem NO = new AtenItem.Flag(false);
  private static final AtenItem CONSTANT = new AtenItem.Text("constant");
  private static final AtenItem YES = new AtenItem.Flag(true);
  private static final Map<String, Row> ROWS = rows();

  private LayerTable() {}

  private static Map<String, Row> rows() {
    Map<String, Row> to = new HashMap<>();
    to.put("Linear", (l, c) -> c.call(l, "linear", l.field("weight"), l.field("bias")));
    for (int axes = 1; axes <= 3; axes++) {
      spatial(to, axes);
    }
    to.put("NonDynamicallyQuantizableLinear", to.get("Linear"));
    to.put("BatchNorm", LayerTable::batchNorm);
    to.put("Embedding", (l, c) -> c.callOn(l.path(), "embedding", w(l), c.at()));
    to.put("Flatten", (l, c) -> c.call(l, "flatten", l.field("start_dim", ONE), end(l)));
    to.put("Dropout", LayerTable::dropout);
    to.put("AlphaDropout", LayerTable::dropout);
    to.put("FeatureAlphaDropout", LayerTable::dropout);
    to.put("Identity", (l, c) -> {});
    to.put("Softmax", (l, c) -> c.call(l, "softmax", l.field("dim")));
    to.put("LogSoftmax", (l, c) -> c.call(l, "log_softmax", l.field("dim")));
    activations(to);
    norms(to);
    images(to);
    return Map.copyOf(to);
  }

  private static void spatial(Map<String, Row> to, int axes) {
    String d = axes + "d";
    to.put("Conv" + d, (l, c) -> ConvolutionLayers.forward(l, c, axes));
    to.put("ConvTranspose" + d, (l, c) -> ConvolutionLayers.transposed(l, c, axes));
    to.put("BatchNorm" + d, LayerTable::batchNorm);
    to.put("MaxPool" + d, (l, c) -> maxPool(l, c, "max_pool" + d));
    to.put("AvgPool" + d, (l, c) -> avgPool(l, c, axes));
    to.put("AdaptiveAvgPool" + d, (l, c) -> adaptive(l, c, "adaptive_avg_pool" + d));
    to.put("AdaptiveMaxPool" + d, (l, c) -> adaptiveMax(l, c, "adaptive_max_pool" + d));
    to.put("InstanceNorm" + d, LayerTable::instanceNorm);
    to.put("ConstantPad" + d, (l, c) -> c.call(l, "pad", l.field("padding"), CONSTANT, value(l)));
    to.put(
        "ZeroPad" + d,
        (l, c) -> c.call(l, "pad", l.field("padding"), CONSTANT, l.field("value", AtenItem.of(0))));
    to.put("ReflectionPad" + d, (l, c) -> border(l, c, "reflect"));
    to.put("ReplicationPad" + d, (l, c) -> border(l, c, "replicate"));
    to.put("CircularPad" + d, (l, c) -> border(l, c, "circular"));
    to.put("Dropout" + d, LayerTable::dropout);
  }

  private static void activations(Map<String, Row> to) {
    to.put("ReLU", (l, c) -> c.call(l, "relu"));
    to.put("ReLU6", (l, c) -> c.call(l, "relu6"));
    to.put("Sigmoid", (l, c) -> c.call(l, "sigmoid"));
    to.put("Tanh", (l, c) -> c.call(l, "tanh"));
    to.put("SiLU", (l, c) -> c.call(l, "silu"));
    to.put("SELU", (l, c) -> c.call(l, "selu"));
    to.put("Mish", (l, c) -> c.call(l, "mish"));
    to.put("Hardswish", (l, c) -> c.call(l, "hardswish"));
    to.put("Hardsigmoid", (l, c) -> c.call(l, "hardsigmoid"));
    to.put("Softsign", (l, c) -> c.call(l, "softsign"));
    to.put("LogSigmoid", (l, c) -> c.call(l, "log_sigmoid"));
    to.put("LeakyReLU", (l, c) -> c.call(l, "leaky_relu", l.field("negative_slope")));
    to.put("ELU", (l, c) -> c.call(l, "elu", l.field("alpha")));
    to.put("CELU", (l, c) -> c.call(l, "celu", l.field("alpha")));
    to.put("GELU", (l, c) -> c.call(l, "gelu", l.field("approximate", new AtenItem.Text("none"))));
    to.put("Softplus", (l, c) -> c.call(l, "softplus", l.field("beta"), l.field("threshold")));
    to.put("Hardtanh", (l, c) -> c.call(l, "hardtanh", l.field("min_val"), l.field("max_val")));
  }

  private static void norms(Map<String, Row> to) {
    to.put("LayerNorm", LayerTable::layerNorm);
    to.put("RMSNorm", (l, c) -> c.call(l, "rms_norm", l.field("normalized_shape"), w(l), eps(l)));
    to.put(
        "GroupNorm",
        (l, c) -> c.call(l, "group_norm", l.field("num_groups"), w(l), l.field("bias"), eps(l)));
    to.put("PReLU", (l, c) -> c.call(l, "prelu", w(l)));
    to.put("GLU", (l, c) -> c.call(l, "glu", l.field("dim")));
    to.put("Softmin", LayerTable::softmin);
    to.put("Softmax2d", (l, c) -> c.call(l, "softmax", AtenItem.of(-3)));
    to.put("Hardshrink", (l, c) -> c.call(l, "hardshrink", l.field("lambd")));
    to.put("Softshrink", (l, c) -> c.call(l, "softshrink", l.field("lambd")));
    to.put("Tanhshrink", (l, c) -> c.call(l, "tanhshrink"));
    to.put("Threshold", (l, c) -> c.call(l, "threshold", l.field("threshold"), value(l)));
    to.put("RReLU", (l, c) -> c.call(l, "rrelu", l.field("lower"), l.field("upper"), NO));
  }

  private static void images(Map<String, Row> to) {
    to.put("PixelShuffle", (l, c) -> c.call(l, "pixel_shuffle", l.field("upscale_factor")));
    to.put("PixelUnshuffle", (l, c) -> c.call(l, "pixel_unshuffle", l.field("downscale_factor")));
    to.put(
        "Unflatten", (l, c) -> c.call(l, "unflatten", l.field("dim"), l.field("unflattened_size")));
    to.put("ChannelShuffle", (l, c) -> c.call(l, "channel_shuffle", l.field("groups")));
    to.put("Upsample", LayerTable::upsample);
    to.put("UpsamplingNearest2d", LayerTable::upsample);
    to.put("UpsamplingBilinear2d", LayerTable::upsample);
  }

  private static AtenItem w(TorchLayer layer) {
    return layer.field("weight");
  }

  private static AtenItem eps(TorchLayer layer) {
    return layer.field("eps");
  }

  private static AtenItem value(TorchLayer layer) {
    return layer.field("value");
  }

  private static void border(TorchLayer layer, LayerChain chain, String mode) {
    chain.call(layer, "pad", layer.field("padding"), new AtenItem.Text(mode));
  }

  private static void layerNorm(TorchLayer layer, LayerChain chain) {
    AtenItem shape = layer.field("normalized_shape");
    chain.call(layer, "layer_norm", shape, w(layer), layer.field("bias"), eps(layer));
  }

  private static void instanceNorm(TorchLayer layer, LayerChain chain) {
    AtenItem mean = layer.field("running_mean");
    boolean tracked = layer.field("track_running_stats", YES).equals(YES);
    AtenItem own = new AtenItem.Flag(mean instanceof AtenItem.Nothing || !tracked);
    chain.call(
        layer,
        "instance_norm",
        w(layer),
        layer.field("bias"),
        mean,
        layer.field("running_var"),
        own,
        MOMENTUM,
        eps(layer),
        NO);
  }

  /** The softmax of the opposite. */
  private static void softmin(TorchLayer layer, LayerChain chain) {
    chain.call(layer, "neg");
    chain.call(layer, "softmax", layer.field("dim"));
  }

  private static void upsample(TorchLayer layer, LayerChain chain) {
    chain.call(
        layer,
        "interpolate",
        layer.field("size"),
        layer.field("scale_factor"),
        layer.field("mode"),
        layer.field("align_corners", AtenItem.NOTHING),
        layer.field("recompute_scale_factor", AtenItem.NOTHING));
  }

  private static AtenItem end(TorchLayer layer) {
    return layer.field("end_dim", AtenItem.of(-1));
  }

  private static void dropout(TorchLayer layer, LayerChain chain) {
    chain.call(layer, "dropout", layer.field("p"), NO);
  }

  private static void maxPool(TorchLayer layer, LayerChain chain, String target) {
    chain.call(
        layer,
        target,
        layer.field("kernel_size"),
        layer.field("stride"),
        layer.field("padding"),
        layer.field("dilation", ONE),
        layer.field("ceil_mode", NO));
  }

  private static void avgPool(TorchLayer layer, LayerChain chain, int axes) {
    List<AtenItem> arguments =
        new ArrayList<>(
            List.of(
                layer.field("kernel_size"),
                layer.field("stride"),
                layer.field("padding"),
                layer.field("ceil_mode", NO),
                layer.field("count_include_pad", YES)));
    if (axes > 1) {
      arguments.add(layer.field("divisor_override", AtenItem.NOTHING));
    }
    chain.call(layer, "avg_pool" + axes + "d", arguments.toArray(AtenItem[]::new));
  }

  private static void adaptive(TorchLayer layer, LayerChain chain, String target) {
    chain.call(layer, target, layer.field("output_size"));
  }

  /** The maxima; PyTorch answers where they were as well. */
  private static void adaptiveMax(TorchLayer layer, LayerChain chain, String target) {
    adaptive(layer, chain, target);
    chain.call(layer, "_operator.getitem", AtenItem.of(0));
  }

  private static void batchNorm(TorchLayer layer, LayerChain chain) {
    chain.call(
        layer,
        "batch_norm",
        layer.field("weight"),
        layer.field("bias"),
        layer.field("running_mean"),
        layer.field("running_var"),
        NO,
        MOMENTUM,
        layer.field("eps"),
        NO);
  }

  /** The row of a layer. @throws ModelImportException when there is none */
  static Row row(TorchLayer layer) {
    Row row = ROWS.get(layer.type());
    if (row == null) {
      throw new ModelImportException(
          new Diagnosis(
              "layer type " + layer.type(),
              "layer " + layer.path(),
              "known layers are " + new TreeSet<>(ROWS.keySet()),
              "export the model with torch.export.save: a .pt2 carries its whole graph"));
    }
    return row;
  }
}
