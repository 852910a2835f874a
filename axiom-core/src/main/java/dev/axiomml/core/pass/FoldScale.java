package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts known factors and offsets of channels into the convolution or dense layer before them.
 *
 * <p>New weights are computed in double precision and rounded once to float32; a proof is about
 * those.
 */
public final class FoldScale extends GraphRewrite {
  private final Graph graph;
  private final Map<Value, ExactWeight> weights = new HashMap<>();
  private final Map<Value, ExactBias> biases = new HashMap<>();

  private FoldScale(Graph graph) {
    this.graph = graph;
  }

  /** The graph with fewer scalings. */
  public static RewrittenGraph apply(Graph graph) {
    return GraphRewrite.of(graph, new FoldScale(graph));
  }

  @Override
  protected List<Value> node(Node at, List<Value> in) {
    for (int side = 0; side < in.size() && in.size() == 2; side++) {
      Optional<List<Value>> joined = joined(at, side, in.get(side));
      if (joined.isPresent()) {
        return joined.get();
      }
    }
    return copy(at, in);
  }

  /** The layer that makes one operand with the other, a known one, in it. */
  private Optional<List<Value>> joined(Node at, int side, Value x) {
    Value before = at.in().get(side);
    Optional<Node> layer =
        to().producer(x)
            .filter(node -> before.type().dtype() == DType.FLOAT32 && graph.uses(before) == 1)
            .filter(node -> ChannelScale.fits(node, to()::constantOf));
    return layer.flatMap(
        node -> scale(at, before, at.in().get(1 - side)).map(scale -> merged(node, scale)));
  }

  private Optional<ChannelScale> scale(Node at, Value x, Value other) {
    Optional<Tensor> known = graph.constant(other);
    boolean kept = at.out().get(0).type().equals(x.type());
    if (known.isEmpty() || !kept) {
      return Optional.empty();
    }
    Shape shape = x.type().shape();
    return at.op() instanceof Mul
        ? ChannelScale.ofFactor(known.get(), shape)
        : at.op() instanceof Add ? ChannelScale.ofOffset(known.get(), shape) : Optional.empty();
  }

  private List<Value> merged(Node layer, ChannelScale scale) {
    Value first = layer.in().get(1);
    ExactWeight weight =
        Optional.ofNullable(weights.get(first))
            .orElseGet(() -> ExactWeight.of(known(first)))
            .scaled(scale.factors());
    Optional<ExactBias> bias = layer.in().stream().skip(2).map(this::bias).findFirst();
    List<Value> operands = new ArrayList<>(layer.in().subList(0, 1));
    operands.add(to().parameter(weight.parameter()));
    weights.put(operands.get(1), weight);
    scale
        .after(weight.parameter(), bias)
        .ifPresent(
            after -> {
              Value value = to().parameter(after.parameter());
              biases.put(value, after);
              operands.add(value);
            });
    return to().add(layer.name(), layer.op(), operands);
  }

  private ExactBias bias(Value value) {
    return Optional.ofNullable(biases.get(value)).orElseGet(() -> ExactBias.of(known(value)));
  }

  private Parameter known(Value value) {
    return to().parameterOf(value)
        .orElseGet(() -> new Parameter(value.name(), to().constantOf(value).orElseThrow()));
  }
}
