package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.layout.AxisOrders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Convolutions of any number of spatial axes; weights of the file are (out, in / groups, k…). */
final class ConvolutionCalls {
  private ConvolutionCalls() {}

  static Value conv(AtenCall call) {
    Parameter weight = call.parameter("weight");
    return forward(call, weight, geometry(call, weight));
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
    Parameter weight = call.parameter("weight");
    int axes = weight.tensor().shape().rank() - 2;
    Parameter kernel = relaid(weight, AxisOrders.transposedKernel(axes + 2));
    Optional<Parameter> bias = call.optionalParameter("bias");
    List<Integer> more = call.wholes("output_padding", axes);
    ConvTranspose op =
        new ConvTranspose(kernel, bias, geometry(call, weight), more, call.whole("groups"));
    return call.spatial("input", axes, x -> call.emit(op, x));
  }

  private static Value forward(AtenCall call, Parameter weight, WindowGeometry geometry) {
    Parameter kernel = relaid(weight, AxisOrders.kernel(weight.tensor().shape().rank()));
    Optional<Parameter> bias = call.optionalParameter("bias");
    Conv op = new Conv(kernel, bias, geometry, call.whole("groups"));
    return call.spatial("input", geometry.rank(), x -> call.emit(op, x));
  }

  private static Parameter relaid(Parameter weight, int[] order) {
    return weight.permuted(order);
  }

  private static WindowGeometry geometry(AtenCall call, Parameter weight) {
    Shape shape = weight.tensor().shape();
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
