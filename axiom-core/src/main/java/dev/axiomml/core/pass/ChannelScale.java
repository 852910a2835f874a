package dev.axiomml.core.pass;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.pair.Scale;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;

/**
 * A factor and an offset for each channel, the last axis, which can go into the layer before it.
 *
 * @param factors one each channel
 * @param offsets one each channel
 */
record ChannelScale(double[] factors, double[] offsets) {
  static ChannelScale of(BatchNorm norm) {
    return new ChannelScale(norm.factors(), norm.offsets());
  }

  /** A scaling of a value of a shape; empty where it differs along another axis than the last. */
  static Optional<ChannelScale> of(Scale scale, Shape in) {
    if (in.rank() == 0 || !in.dim(-1).isFixed()) {
      return Optional.empty();
    }
    Optional<double[]> factors = channels(scale.factor().tensor(), in);
    Optional<double[]> offsets =
        scale
            .bias()
            .map(b -> channels(b.tensor(), in))
            .orElse(Optional.of(new double[in.size(-1)]));
    return factors.flatMap(f -> offsets.map(o -> new ChannelScale(f, o)));
  }

  private static Optional<double[]> channels(Tensor tensor, Shape in) {
    Shape shape = tensor.shape();
    boolean one = shape.rank() <= in.rank() && tensor.size() == 1;
    boolean last =
        shape.rank() > 0
            && shape.rank() <= in.rank()
            && shape.size(-1) == in.size(-1)
            && shape.sub(0, shape.rank() - 1).dims().stream().allMatch(Dim.ONE::equals);
    if (!one && !last) {
      return Optional.empty();
    }
    double[] values = new double[in.size(-1)];
    Arrays.setAll(values, c -> tensor.doubleAt(one ? 0 : c));
    return Optional.of(values);
  }

  /** Whether an operator is a layer that can take a scaling in. */
  static boolean fits(Op op) {
    return op instanceof Conv
        || op instanceof Dense
        || (op instanceof ConvTranspose c && c.groups() == 1);
  }

  /** The layer with this scaling behind it, as one; empty where it has no weight to scale. */
  Optional<Op> after(Op op) {
    if (op instanceof Conv conv) {
      Parameter weight = conv.kernel();
      return Optional.of(
          new Conv(scaled(weight), moved(weight, conv.bias()), conv.geometry(), conv.groups()));
    }
    if (op instanceof Dense dense) {
      Parameter weight = dense.weightMatrix();
      return Optional.of(new Dense(scaled(weight), moved(weight, dense.bias())));
    }
    if (op instanceof ConvTranspose conv && conv.groups() == 1) {
      Parameter weight = conv.kernel();
      return Optional.of(
          new ConvTranspose(
              scaled(weight),
              moved(weight, conv.bias()),
              conv.geometry(),
              conv.outputPadding(),
              1));
    }
    return Optional.empty();
  }

  /** The weight with each output channel, the last axis, multiplied. */
  private Parameter scaled(Parameter weight) {
    double[] values = weight.tensor().toDoubles();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factors[i % factors.length];
    }
    return weight.with(Tensor.ofDoubles(weight.tensor().shape(), DType.FLOAT32, values));
  }

  private Optional<Parameter> moved(Parameter weight, Optional<Parameter> bias) {
    double[] values = offsets.clone();
    for (int c = 0; c < values.length; c++) {
      values[c] += bias.isEmpty() ? 0 : bias.get().tensor().doubleAt(c) * factors[c];
    }
    String name = bias.map(Parameter::name).orElse(weight.name() + ".bias");
    boolean nothing = bias.isEmpty() && Arrays.stream(values).allMatch(v -> v == 0);
    return nothing ? Optional.empty() : Optional.of(parameter(name, values));
  }

  /** A float32 weight of numbers, each rounded once. */
  static Parameter parameter(String name, double[] values) {
    return new Parameter(name, Tensor.ofDoubles(Shape.of(values.length), DType.FLOAT32, values));
  }
}
