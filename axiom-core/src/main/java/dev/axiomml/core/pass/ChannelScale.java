package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.linear.ConvTranspose;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A factor and an offset for each channel, the last axis, which can go into the layer before it.
 *
 * @param factors one each channel
 * @param offsets one each channel
 */
record ChannelScale(double[] factors, double[] offsets) {
  /** What a batch norm of known weights does. */
  static ChannelScale of(BatchNorm norm, List<Tensor> weights) {
    List<double[]> numbers = weights.stream().map(Tensor::toDoubles).toList();
    return new ChannelScale(norm.factors(numbers), norm.offsets(numbers));
  }

  /** A product with a known factor; empty where it differs along another axis than the last. */
  static Optional<ChannelScale> ofFactor(Tensor factor, Shape in) {
    return channels(factor, in).map(f -> new ChannelScale(f, new double[f.length]));
  }

  /** A sum with a known offset; empty where it differs along another axis than the last. */
  static Optional<ChannelScale> ofOffset(Tensor offset, Shape in) {
    return channels(offset, in).map(o -> new ChannelScale(ones(o.length), o));
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Optional<double[]> channels(Tensor tensor, Shape in) {
    if (in.rank() == 0 || !in.dim(-1).isFixed()) {
      return Optional.empty();
    }
    Shape shape = tensor.shape();
    boolean one = shape.rank() <= in.rank() && tensor.size() == 1;
    boolean last =
        shape.rank() > 0
            && shape.rank() <= in.rank()
            && shape.size(-1) == in.size(-1)
            && shape.sub(0, shape.rank() - 1).dims().stream().allMatch(Dim.ONE::equals);
    boolean finite = Arrays.stream(tensor.toDoubles()).allMatch(Double::isFinite);
    if (!finite || (!one && !last)) {
      return Optional.empty();
    }
    double[] values = new double[in.size(-1)];
    Arrays.setAll(values, c -> tensor.doubleAt(one ? 0 : c));
    return Optional.of(values);
  }

  /** Whether a node is a layer of known weights that can take a scaling in. */
  static boolean fits(Node node, Function<Value, Optional<Tensor>> known) {
    boolean layer =
        node.op() instanceof Conv
            || node.op() instanceof Dense
            || (node.op() instanceof ConvTranspose c && c.groups() == 1);
    return layer && node.in().stream().skip(1).allMatch(value -> known.apply(value).isPresent());
  }

  /** The bias of a layer of a weight with this scaling behind it; empty where there is none. */
  Optional<ExactBias> after(Parameter weight, Optional<ExactBias> bias) {
    double[] values = offsets.clone();
    for (int c = 0; c < values.length; c++) {
      values[c] += bias.isEmpty() ? 0 : bias.get().numbers()[c] * factors[c];
    }
    boolean nothing = bias.isEmpty() && Arrays.stream(values).allMatch(v -> v == 0);
    if (nothing) {
      return Optional.empty();
    }
    String name = weight.name() + ".bias";
    return Optional.of(bias.map(b -> b.with(values)).orElseGet(() -> ExactBias.of(name, values)));
  }
}
