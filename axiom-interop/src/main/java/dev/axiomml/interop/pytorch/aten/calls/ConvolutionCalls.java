package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Convolutions of any number of spatial axes; weights of the file are (out, in / groups, k…). */
final class ConvolutionCalls {
  private ConvolutionCalls() {}

  static Value conv(AtenCall call) {
    Value weight = call.tensor("weight");
    Conv op = new Conv(geometry(call, weight), call.whole("groups"));
    int[] order = AxisOrders.kernel(weight.type().shape().rank());
    return layer(call, op, permuted(call, weight, order));
  }

  private static Value permuted(AtenCall call, Value weight, int[] order) {
    return call.permuted(weight, Arrays.stream(order).boxed().toList());
  }

  private static Value layer(AtenCall call, Op op, Value kernel) {
    int axes = kernel.type().shape().rank() - 2;
    return call.spatial(
        "input",
        axes,
        x ->
            call.given("bias")
                ? call.emit(op, x, kernel, call.tensor("bias"))
                : call.emit(op, x, kernel));
  }

  /** The core dialect's single convolution, which knows whether it goes backwards. */
  static Value any(AtenCall call) {
    if (call.flag("transposed")) {
      return transposed(call);
    }
    call.skip("output_padding"); // of what goes backwards only
    return conv(call);
  }

  static Value transposed(AtenCall call) {
    Value weight = call.tensor("weight");
    WindowGeometry geometry = geometry(call, weight);
    List<Integer> more = call.wholes("output_padding", geometry.rank());
    ConvTranspose op = new ConvTranspose(geometry, more, call.whole("groups"));
    int[] order = AxisOrders.transposedKernel(geometry.rank() + 2);
    return layer(call, op, permuted(call, weight, order));
  }

  private static WindowGeometry geometry(AtenCall call, Value weight) {
    Shape shape = weight.type().shape();
    if (shape.rank() < 3) {
      throw new IllegalArgumentException("a convolution's weight has 3 axes or more, got " + shape);
    }
    int axes = shape.rank() - 2;
    List<Integer> kernel = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      kernel.add(shape.size(axis + 2));
    }
    WindowGeometry plain =
        WindowGeometry.of(kernel)
            .stride(call.wholes("stride", axes))
            .dilation(call.wholes("dilation", axes));
    return padded(call, plain);
  }

  private static WindowGeometry padded(AtenCall call, WindowGeometry plain) {
    String named = call.text("padding");
    if (named.isEmpty()) {
      List<Integer> padding = call.wholes("padding", plain.rank());
      return plain.padding(padding, padding);
    }
    return named.equals("valid") ? plain : same(plain);
  }

  /** As much padding as keeps the size; an odd one more goes to the end. */
  private static WindowGeometry same(WindowGeometry plain) {
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    for (int axis = 0; axis < plain.rank(); axis++) {
      int total = plain.extent(axis) - 1;
      before.add(total / 2);
      after.add(total - total / 2);
    }
    return plain.padding(before, after);
  }
}
