package dev.axiomml.interop.pytorch.descriptor;

import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Layers with weights, put back into PyTorch's layouts. */
final class WeightRows {
  private WeightRows() {}

  static DescribedValue dense(Dense op, DescriptorContext at) {
    if (at.held().spatial()) {
      throw at.refused("it works on the channels of " + at.in(), "Linear works on the last axis");
    }
    Tensor weight = at.weights().get(0);
    Map<String, Object> layer = at.layer("Linear");
    layer.put("in_features", weight.shape().size(0));
    layer.put("out_features", weight.shape().size(1));
    Tensor ordered = at.held().flattened().map(s -> channelsFirst(weight, s)).orElse(weight);
    layer.put("weight", ordered.permute(1, 0));
    layer.put("bias", bias(at));
    return DescribedValue.ALIKE;
  }

  /** Rows, which follow (spatial…, C), in the order of (C, spatial…). */
  private static Tensor channelsFirst(Tensor rows, Shape sample) {
    Shape tail = rows.shape().sub(1, rows.shape().rank());
    int last = sample.rank() - 1;
    int[] order =
        IntStream.concat(
                IntStream.concat(IntStream.of(last), IntStream.range(0, last)),
                IntStream.range(last + 1, last + 1 + tail.rank()))
            .toArray();
    return rows.reshape(sample.concat(tail)).permute(order).reshape(rows.shape());
  }

  static DescribedValue conv(Conv op, DescriptorContext at) {
    at.requireSpatial();
    Map<String, Object> layer = at.layer("Conv" + op.geometry().rank() + "d");
    Tensor kernel = at.weights().get(0);
    int inputs = kernel.shape().size(-2) * op.groups();
    channels(layer, inputs, kernel.shape().size(-1), op.geometry());
    layer.put("padding", padding(op.geometry(), at));
    layer.put("padding_mode", "zeros");
    layer.put("dilation", op.geometry().dilation());
    layer.put("groups", op.groups());
    layer.put("weight", outermost(kernel, 1, 0));
    layer.put("bias", bias(at));
    return DescribedValue.SPATIAL;
  }

  static DescribedValue transposed(ConvTranspose op, DescriptorContext at) {
    at.requireSpatial();
    Map<String, Object> layer = at.layer("ConvTranspose" + op.geometry().rank() + "d");
    Tensor kernel = at.weights().get(0);
    int outputs = kernel.shape().size(-1) * op.groups();
    channels(layer, kernel.shape().size(-2), outputs, op.geometry());
    layer.put("padding", padding(op.geometry(), at));
    layer.put("output_padding", op.outputPadding());
    layer.put("dilation", op.geometry().dilation());
    layer.put("groups", op.groups());
    layer.put("weight", outermost(kernel, 0, 1));
    layer.put("bias", bias(at));
    return DescribedValue.SPATIAL;
  }

  private static void channels(
      Map<String, Object> layer, int inputs, int outputs, WindowGeometry geometry) {
    layer.put("in_channels", inputs);
    layer.put("out_channels", outputs);
    layer.put("kernel_size", geometry.kernel());
    layer.put("stride", geometry.stride());
  }

  /** One number an axis where both sides are alike, else {@code same} where it is that. */
  static Object padding(WindowGeometry geometry, DescriptorContext at) {
    if (geometry.before().equals(geometry.after())
        && geometry.before().stream().allMatch(n -> n >= 0)) {
      return geometry.before();
    }
    boolean same = geometry.stride().stream().allMatch(s -> s == 1);
    for (int axis = 0; axis < geometry.rank(); axis++) {
      int total = geometry.extent(axis) - 1;
      same &= geometry.before().get(axis) == total / 2;
      same &= geometry.after().get(axis) == total - total / 2;
    }
    if (!same || !(at.node().op() instanceof Conv)) {
      throw at.refused(
          "padding " + geometry.before() + " before and " + geometry.after() + " after",
          "PyTorch pads both sides alike");
    }
    return "same";
  }

  /** A kernel (k…, a, b) with the named two of its last axes first. */
  private static Tensor outermost(Tensor kernel, int first, int second) {
    int spatial = kernel.shape().rank() - 2;
    int[] order =
        IntStream.concat(
                IntStream.of(spatial + first, spatial + second), IntStream.range(0, spatial))
            .toArray();
    return kernel.permute(order);
  }

  static DescribedValue batchNorm(BatchNorm op, DescriptorContext at) {
    if (at.in().rank() > 2) {
      at.requireSpatial();
    }
    Optional<Shape> flat = at.held().flattened();
    Map<String, Object> layer = at.layer("BatchNorm");
    layer.put("num_features", at.weights().get(0).size());
    layer.put("eps", op.epsilon());
    layer.put("momentum", 0.1);
    boolean affine = at.weights().size() == 4;
    layer.put("affine", affine);
    layer.put("track_running_stats", true);
    layer.put("weight", affine ? ordered(at, 0, flat) : NONE);
    layer.put("bias", affine ? ordered(at, 1, flat) : NONE);
    layer.put("running_mean", ordered(at, affine ? 2 : 0, flat));
    layer.put("running_var", ordered(at, affine ? 3 : 1, flat));
    return at.held();
  }

  private static Tensor ordered(DescriptorContext at, int which, Optional<Shape> flat) {
    Tensor values = at.weights().get(which);
    return flat.map(sample -> channelsFirst(values, sample)).orElse(values);
  }

  /** What is written as null. */
  static final Object NONE = Optional.empty();

  private static Object bias(DescriptorContext at) {
    return at.weights().size() > 1 ? at.weights().get(1) : NONE;
  }
}
