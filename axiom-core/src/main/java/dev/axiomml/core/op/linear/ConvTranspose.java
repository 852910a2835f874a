package dev.axiomml.core.op.linear;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.op.window.WindowNests;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Transposed convolution over any number of spatial axes, channels-last: the adjoint of a {@link
 * Conv}, which makes windows out of pixels.
 *
 * <p>Shape: x (N, spatial…, in), kernel (kernel…, in, out / groups) and, if wanted, bias (out) to
 * (N, larger…, out), each spatial size being {@code (size − 1) · stride − before − after + extent +
 * output padding}. PyTorch holds the kernel as (in, out / groups, kernel…).
 *
 * @param geometry windows of the convolution that goes the other way
 * @param outputPadding what each spatial axis grows by at its end, ≥ 0
 * @param groups divides both in and out
 */
public record ConvTranspose(WindowGeometry geometry, List<Integer> outputPadding, int groups)
    implements SumOp {
  /** Checks output padding and groups. */
  public ConvTranspose {
    outputPadding = List.copyOf(outputPadding);
    if (groups < 1) {
      throw new IllegalArgumentException(
          "a transposed convolution has at least one group, got " + groups);
    }
    if (outputPadding.size() != geometry.rank() || outputPadding.stream().anyMatch(n -> n < 0)) {
      throw new IllegalArgumentException(
          "output padding is 0 or more for each spatial axis, got " + outputPadding);
    }
  }

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2, 3);
    return SumOp.super.infer(in);
  }

  @Override
  public Shape out(List<Shape> in) {
    Shape kernel = in.get(1);
    CommonShapeRules.rank("transposed conv", in.get(0), geometry.rank() + 2);
    WeightChecks.kernel("transposed conv", kernel, geometry);
    Dim inputs = kernel.dim(-2);
    if (inputs.isFixed() && inputs.value() % groups != 0) {
      throw WeightChecks.groups("transposed conv", groups, "input", inputs);
    }
    CommonShapeRules.channels("transposed conv", in.get(0), inputs);
    Dim outputs = kernel.dim(-1).times(groups);
    if (in.size() == 3) {
      WeightChecks.require("transposed conv bias", in.get(2), Shape.of(outputs));
    }
    List<Dim> dims = new ArrayList<>(List.of(in.get(0).dim(0)));
    for (int axis = 0; axis < geometry.rank(); axis++) {
      dims.add(size(in.get(0), axis));
    }
    dims.add(outputs);
    return new Shape(dims);
  }

  private Dim size(Shape in, int axis) {
    long cut = (long) geometry.before().get(axis) + geometry.after().get(axis);
    Dim size =
        in.dim(axis + 1)
            .plus(-1)
            .times(geometry.stride().get(axis))
            .plus(geometry.extent(axis) + outputPadding.get(axis) - cut);
    if (size.isFixed() && size.value() < 1) {
      throw new ShapeException(
          new Diagnosis(
              "transposed conv on " + in + " cut by " + cut + " along axis " + (axis + 1),
              "",
              "at least one element must be left after padding is cut off",
              "make the padding smaller"));
    }
    return size;
  }

  /** The windows of the convolution that goes from the output to the input. */
  @Override
  public List<SumTerm> terms(List<Shape> in) {
    Shape kernel = in.get(1);
    int c = kernel.size(-2) / groups;
    int o = kernel.size(-1);
    List<Loop> channels =
        List.of(Loop.of(groups, c, o, c * o), Loop.of(c, 1, 0, o), Loop.of(o, 0, 1, 1));
    Shape out = out(in);
    List<LoopNest> nests =
        WindowNests.of(geometry, out, in.get(0)).products(kernel, channels).stream()
            .map(LoopNest::transposed)
            .toList();
    return SumTerm.biased(nests, in, out);
  }
}
