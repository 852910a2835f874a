package dev.axiomml.interop.onnx.rules.image;

import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** How windows lie, as ONNX states it. */
final class OnnxWindows {
  private OnnxWindows() {}

  /** The window of a weight (channels, channels, spatial…), which a node may state once more. */
  static List<Integer> kernel(OnnxNodeContext at, Shape weight) {
    List<Integer> sizes = IntStream.of(weight.sub(2, weight.rank()).sizes()).boxed().toList();
    List<Integer> stated = at.attributes().integers("kernel_shape").orElse(sizes);
    if (!stated.equals(sizes)) {
      throw at.refuse(
          "kernel_shape " + stated + " beside a weight of " + weight,
          "the window is the weight's, " + sizes);
    }
    return sizes;
  }

  /** The geometry of an operator on (N, C, spatial…). */
  static WindowGeometry of(OnnxNodeContext at, List<Integer> kernel) {
    int rank = kernel.size();
    if (at.rank(0) != rank + 2) {
      throw at.refuse(
          at.op() + " with window " + kernel + " on " + at.in(0).type(),
          "the input is (N, C, spatial…) with as many spatial axes as the window");
    }
    List<Integer> pads = at.attributes().integers("pads").orElse(Collections.nCopies(2 * rank, 0));
    WindowGeometry plain =
        WindowGeometry.of(kernel)
            .stride(at.attributes().integers("strides").orElse(Collections.nCopies(rank, 1)))
            .dilation(at.attributes().integers("dilations").orElse(Collections.nCopies(rank, 1)))
            .ceil(at.attributes().flag("ceil_mode", false));
    String auto = at.attributes().text("auto_pad", "NOTSET");
    return switch (auto) {
      case "NOTSET" -> plain.padding(pads.subList(0, rank), pads.subList(rank, 2 * rank));
      case "VALID" -> plain.ceil(false);
      case "SAME_UPPER", "SAME_LOWER" -> same(at, plain, auto.equals("SAME_UPPER")).ceil(false);
      default -> throw at.refuse("auto_pad " + auto, "it is no way of padding");
    };
  }

  /** As many windows as steps fit into the input. */
  private static WindowGeometry same(OnnxNodeContext at, WindowGeometry plain, boolean moreBehind) {
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    for (int axis = 0; axis < plain.rank(); axis++) {
      Dim size = at.shape(0).dim(axis + 2);
      int stride = plain.stride().get(axis);
      if (!size.isFixed() && stride != 1) {
        throw at.later("auto_pad on the free size " + size, "padding follows from the size");
      }
      long steps = size.isFixed() ? (size.value() + stride - 1) / stride : 1;
      long room = size.isFixed() ? size.value() : 1;
      int total = (int) Math.max(0, (steps - 1) * stride + plain.extent(axis) - room);
      before.add(moreBehind ? total / 2 : total - total / 2);
      after.add(moreBehind ? total - total / 2 : total / 2);
    }
    return plain.padding(before, after);
  }
}
