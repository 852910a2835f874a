package dev.axiomml.interop.onnx.rules.image;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Transposed convolutions, whose padding may follow from the wanted size. */
final class TransposedRules {
  private TransposedRules() {}

  static List<Value> conv(OnnxNodeContext at) {
    Shape shape = at.shape(1);
    int rank = shape.rank() - 2;
    WindowGeometry plain =
        WindowGeometry.of(OnnxWindows.kernel(at, shape))
            .stride(at.attributes().integers("strides").orElse(Collections.nCopies(rank, 1)))
            .dilation(at.attributes().integers("dilations").orElse(Collections.nCopies(rank, 1)));
    List<Integer> extra =
        at.attributes().integers("output_padding").orElse(Collections.nCopies(rank, 0));
    ConvTranspose op =
        new ConvTranspose(padded(at, plain, extra), extra, at.attributes().integer("group", 1));
    int[] order = AxisOrders.transposedKernel(shape.rank());
    return List.of(WindowRules.spatial(at, op, at.in(0), WindowRules.kernel(at, order)));
  }

  private static WindowGeometry padded(
      OnnxNodeContext at, WindowGeometry plain, List<Integer> extra) {
    int rank = plain.rank();
    String auto = at.attributes().text("auto_pad", "NOTSET");
    Optional<List<Integer>> wanted = at.attributes().integers("output_shape");
    if (wanted.isPresent() || auto.startsWith("SAME")) {
      return reaching(at, plain, extra, wanted);
    }
    List<Integer> pads = at.attributes().integers("pads").orElse(Collections.nCopies(2 * rank, 0));
    return auto.equals("VALID")
        ? plain
        : plain.padding(pads.subList(0, rank), pads.subList(rank, 2 * rank));
  }

  /** The padding that gives the wanted size, or {@code stride} times the input's. */
  private static WindowGeometry reaching(
      OnnxNodeContext at,
      WindowGeometry plain,
      List<Integer> extra,
      Optional<List<Integer>> wanted) {
    String auto = at.attributes().text("auto_pad", "NOTSET");
    int rank = plain.rank();
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      int size = fixed(at, axis);
      int stride = plain.stride().get(axis);
      int to =
          wanted.isPresent() ? wanted.get().get(wanted.get().size() - rank + axis) : size * stride;
      int total = stride * (size - 1) + extra.get(axis) + plain.extent(axis) - to;
      boolean longer = wanted.isPresent() && total < 0;
      if (longer && (auto.startsWith("SAME") || total <= -stride)) {
        throw at.refuse(
            "output_shape " + wanted.get() + " of a ConvTranspose of " + at.shape(0),
            "along axis "
                + (axis + 2)
                + " it is longer than its windows reach, and where they lie"
                + " in it is read in more than one way");
      }
      int half = longer ? total : Math.floorDiv(total, 2); // what no window reaches is at the end
      before.add(auto.equals("SAME_UPPER") ? half : total - half);
      after.add(auto.equals("SAME_UPPER") ? total - half : half);
    }
    return plain.padding(before, after);
  }

  private static int fixed(OnnxNodeContext at, int axis) {
    if (!at.shape(0).dim(axis + 2).isFixed()) {
      throw at.later(
          "padding of a transposed convolution of the free size " + at.shape(0).dim(axis + 2),
          "padding follows from the size");
    }
    return at.shape(0).size(axis + 2);
  }
}
