package dev.axiomml.core.op.linear;

import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.window.WindowGeometry;
import dev.axiomml.core.op.window.WindowNests;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Convolution (cross-correlation) over any number of spatial axes, channels-last.
 *
 * <p>Shape: (N, spatial…, in) to (N, windows…, out). Output channel {@code o} of group {@code g}
 * draws on that group's input channels only.
 *
 * @param kernel weight (kernel…, in / groups, out); PyTorch holds it as (out, in / groups, kernel…)
 * @param bias (out)
 * @param geometry windows, their sizes equal to the weight's
 * @param groups divides both in and out
 */
public record Conv(Parameter kernel, Optional<Parameter> bias, WindowGeometry geometry, int groups)
    implements SumOp {
  /** Checks that weight, bias, geometry and groups fit. */
  public Conv {
    Shape shape = kernel.tensor().shape();
    CommonShapeRules.rank("conv weight", shape, geometry.rank() + 2);
    Shape wanted = Shape.of(geometry.kernel().stream().mapToLong(Integer::longValue).toArray());
    WeightChecks.require(
        "conv weight", kernel, wanted.concat(shape.sub(geometry.rank(), shape.rank())));
    if (groups < 1 || shape.size(-1) % groups != 0) {
      throw new IllegalArgumentException(
          groups + " groups do not divide " + shape.size(-1) + " output channels");
    }
    bias.ifPresent(b -> WeightChecks.require("conv bias", b, Shape.of(shape.dim(-1))));
  }

  /** Channels in. */
  public int inputs() {
    return kernel.tensor().shape().size(-2) * groups;
  }

  /** Channels out. */
  public int outputs() {
    return kernel.tensor().shape().size(-1);
  }

  @Override
  public Optional<Parameter> weight() {
    return Optional.of(kernel);
  }

  @Override
  public Conv withParameters(UnaryOperator<Parameter> change) {
    return new Conv(change.apply(kernel), bias.map(change), geometry, groups);
  }

  @Override
  public Shape out(List<Shape> in) {
    List<Dim> windows = geometry.windows("conv", in.get(0));
    CommonShapeRules.channels("conv", in.get(0), inputs());
    return CommonShapeRules.resized(in.get(0), windows).with(-1, Dim.of(outputs()));
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    int c = inputs() / groups;
    int o = outputs() / groups;
    List<Loop> channels =
        List.of(Loop.of(groups, o, c, o), Loop.of(c, 0, 1, outputs()), Loop.of(o, 1, 0, 1));
    return List.of(SumTerm.own(0, WindowNests.of(geometry, in.get(0), out(in)).products(kernel.tensor().shape(), channels)));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.first(in);
  }
}
