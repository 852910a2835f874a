package dev.axiomml.core.op.linear;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.op.window.WindowNests;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Transposed convolution over any number of spatial axes, channels-last: the adjoint of a {@link
 * Conv}, which makes windows out of pixels.
 *
 * <p>Shape: (N, spatial…, in) to (N, larger…, out), each spatial size being {@code (size − 1) ·
 * stride − before − after + extent + output padding}.
 *
 * @param kernel weight (kernel…, in, out / groups); PyTorch holds it as (in, out / groups, kernel…)
 * @param bias (out)
 * @param geometry windows of the convolution that goes the other way
 * @param outputPadding what each spatial axis grows by at its end, ≥ 0
 * @param groups divides both in and out
 */
public record ConvTranspose(
    Parameter kernel,
    Optional<Parameter> bias,
    WindowGeometry geometry,
    List<Integer> outputPadding,
    int groups)
    implements SumOp {
  /** Checks that weight, bias, geometry, output padding and groups fit. */
  public ConvTranspose {
    outputPadding = List.copyOf(outputPadding);
    Shape shape = kernel.tensor().shape();
    CommonShapeRules.rank("transposed conv weight", shape, geometry.rank() + 2);
    Shape wanted = Shape.of(geometry.kernel().stream().mapToLong(Integer::longValue).toArray());
    WeightChecks.require(
        "transposed conv weight", kernel, wanted.concat(shape.sub(geometry.rank(), shape.rank())));
    if (groups < 1 || shape.size(-2) % groups != 0) {
      throw new IllegalArgumentException(
          groups + " groups do not divide " + shape.size(-2) + " input channels");
    }
    if (outputPadding.size() != geometry.rank() || outputPadding.stream().anyMatch(n -> n < 0)) {
      throw new IllegalArgumentException(
          "output padding is 0 or more for each spatial axis, got " + outputPadding);
    }
    Dim channels = shape.dim(-1).times(groups);
    bias.ifPresent(b -> WeightChecks.require("transposed conv bias", b, Shape.of(channels)));
  }

  /** Channels in. */
  public int inputs() {
    return kernel.tensor().shape().size(-2);
  }

  /** Channels out. */
  public int outputs() {
    return kernel.tensor().shape().size(-1) * groups;
  }

  @Override
  public Optional<Parameter> weight() {
    return Optional.of(kernel);
  }

  @Override
  public ConvTranspose withParameters(UnaryOperator<Parameter> change) {
    return new ConvTranspose(
        change.apply(kernel), bias.map(change), geometry, outputPadding, groups);
  }

  @Override
  public Shape out(List<Shape> in) {
    CommonShapeRules.rank("transposed conv", in.get(0), geometry.rank() + 2);
    CommonShapeRules.channels("transposed conv", in.get(0), inputs());
    List<Dim> dims = new ArrayList<>(List.of(in.get(0).dim(0)));
    for (int axis = 0; axis < geometry.rank(); axis++) {
      dims.add(size(in.get(0), axis));
    }
    dims.add(Dim.of(outputs()));
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
    int c = inputs() / groups;
    int o = outputs() / groups;
    List<Loop> channels =
        List.of(Loop.of(groups, c, o, c * o), Loop.of(c, 1, 0, o), Loop.of(o, 0, 1, 1));
    return List.of(SumTerm.own(0, WindowNests.of(geometry, out(in), in.get(0))
        .products(kernel.tensor().shape(), channels)
        .stream()
        .map(LoopNest::transposed)
        .toList()));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.first(in);
  }
}
