package dev.axiomml.interop.pytorch.layer;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import java.util.ArrayList;
import java.util.List;

/** Convolution layers: their weights are checked against their settings, borders may repeat. */
final class ConvolutionLayers {
  private ConvolutionLayers() {}

  static void forward(TorchLayer layer, LayerChain chain, int axes) {
    int groups = layer.whole("groups");
    requireShape(layer, layer.whole("out_channels"), layer.whole("in_channels") / groups, axes);
    String mode = layer.text("padding_mode", "zeros");
    AtenItem padding = layer.field("padding");
    if (!mode.equals("zeros")) {
      border(layer, chain, axes, mode);
      padding = AtenItem.of(0);
    }
    chain.call(
        layer,
        "conv" + axes + "d",
        layer.field("weight"),
        layer.field("bias"),
        layer.field("stride"),
        padding,
        layer.field("dilation"),
        AtenItem.of(groups));
  }

  static void transposed(TorchLayer layer, LayerChain chain, int axes) {
    int groups = layer.whole("groups");
    requireShape(layer, layer.whole("in_channels"), layer.whole("out_channels") / groups, axes);
    chain.call(
        layer,
        "conv_transpose" + axes + "d",
        layer.field("weight"),
        layer.field("bias"),
        layer.field("stride"),
        layer.field("padding"),
        layer.field("output_padding"),
        AtenItem.of(groups),
        layer.field("dilation"));
  }

  private static void requireShape(TorchLayer layer, long first, long second, int axes) {
    Shape wanted = Shape.of(first, second);
    Shape kernel = Shape.of(layer.wholes("kernel_size", axes).stream().mapToLong(k -> k).toArray());
    Shape found = layer.weight("weight").tensor().shape();
    if (!found.equals(wanted.concat(kernel))) {
      throw layer.wrong("weight of " + found + ", but the settings say " + wanted.concat(kernel));
    }
  }

  /** A border of its own before the convolution, the last axis first as PyTorch lists it. */
  private static void border(TorchLayer layer, LayerChain chain, int axes, String mode) {
    List<Integer> widths = new ArrayList<>();
    for (int axis = axes - 1; axis >= 0; axis--) {
      int total = total(layer, axes, axis);
      widths.add(total / 2);
      widths.add(total - total / 2);
    }
    chain.call(layer, "pad", AtenItem.of(widths), new AtenItem.Text(mode));
  }

  private static int total(TorchLayer layer, int axes, int axis) {
    if (layer.field("padding") instanceof AtenItem.Text text) {
      boolean same = text.value().equals("same");
      int reach = layer.wholes("kernel_size", axes).get(axis) - 1;
      return same ? reach * layer.wholes("dilation", axes).get(axis) : 0;
    }
    return 2 * layer.wholes("padding", axes).get(axis);
  }
}
