package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Rewrite;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.BatchNorm;
import dev.axiomml.core.op.Conv;
import dev.axiomml.core.op.Dense;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.Scale;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts batch norms with running statistics into the convolution or dense layer before them, else
 * into a {@link Scale}.
 *
 * <p>New weights are computed in double precision and rounded once to float32; a proof is about
 * those.
 */
public final class FoldBatchNorm extends Rewrite {
  private final Map<Value, Integer> uses = new HashMap<>();

  private FoldBatchNorm(Graph graph) {
    graph.nodes().forEach(node -> node.in().forEach(value -> uses.merge(value, 1, Integer::sum)));
    graph.outputs().forEach(value -> uses.merge(value, 1, Integer::sum));
  }

  /** The graph without batch norms. */
  public static Graph apply(Graph graph) {
    return Rewrite.of(graph, new FoldBatchNorm(graph));
  }

  @Override
  public List<Value> node(Node at, List<Value> in) {
    if (!(at.op() instanceof BatchNorm norm) || at.in().get(0).type().dtype() != DType.FLOAT32) {
      return copy(at, in);
    }
    Optional<Node> before =
        to().producer(in.get(0)).filter(node -> uses.getOrDefault(at.in().get(0), 0) == 1);
    Optional<Op> joined = before.flatMap(node -> joined(node.op(), norm));
    return joined.isPresent()
        ? to().add(before.get().name(), joined.get(), before.get().in())
        : to().add(at.name(), scale(norm), in);
  }

  private static Scale scale(BatchNorm norm) {
    String name = norm.statistics().get(0).name();
    return new Scale(
        parameter(name + ".factor", norm.factors()),
        Optional.of(parameter(name + ".offset", norm.offsets())));
  }

  private static Parameter parameter(String name, double[] values) {
    return new Parameter(name, Tensor.ofDoubles(Shape.of(values.length), DType.FLOAT32, values));
  }

  private static Optional<Op> joined(Op op, BatchNorm norm) {
    if (op instanceof Conv conv) {
      return Optional.of(
          new Conv(
              scaled(conv.kernel(), norm),
              Optional.of(moved(conv.kernel(), conv.bias(), norm)),
              conv.geometry(),
              conv.groups()));
    }
    if (op instanceof Dense dense) {
      return Optional.of(
          new Dense(
              scaled(dense.weightMatrix(), norm),
              Optional.of(moved(dense.weightMatrix(), dense.bias(), norm))));
    }
    return Optional.empty();
  }

  /** The weight with each output channel, the last axis, multiplied. */
  private static Parameter scaled(Parameter weight, BatchNorm norm) {
    double[] factors = norm.factors();
    double[] values = weight.tensor().toDoubles();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factors[i % factors.length];
    }
    return weight.with(Tensor.ofDoubles(weight.tensor().shape(), DType.FLOAT32, values));
  }

  private static Parameter moved(Parameter weight, Optional<Parameter> bias, BatchNorm norm) {
    double[] values = norm.offsets();
    double[] factors = norm.factors();
    for (int c = 0; c < values.length; c++) {
      values[c] += bias.isEmpty() ? 0 : bias.get().tensor().doubleAt(c) * factors[c];
    }
    return parameter(bias.map(Parameter::name).orElse(weight.name() + ".bias"), values);
  }
}
