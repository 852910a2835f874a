package dev.axiomml.examples;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.linear.Conv;
import dev.axiomml.core.op.norm.BatchNorm;
import dev.axiomml.core.op.norm.LayerNorm;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The reading that sets the statistics of batch norms to those of a batch, in the order of running;
 * in a network without norms the weights of convolutions.
 *
 * <p>As a deep network starts its signal dies out: the answer is the last bias, whatever the input,
 * and comparisons show nothing. Here every channel varies by one around two, so that most
 * rectifiers let through what comes: a random network at their kinks enlarges every rounding error,
 * which a trained one does not.
 */
final class Calibrated implements GraphReading<RuntimeValue> {
  private static final double CENTRE = 2;

  private final Interpreter interpreter = new Interpreter();
  private final Map<String, Tensor> set = new HashMap<>();
  private final Graph graph;
  private final boolean bare;

  private Calibrated(Graph graph) {
    this.graph = graph;
    bare =
        graph.nodes().stream()
            .noneMatch(n -> n.op() instanceof BatchNorm || n.op() instanceof LayerNorm);
  }

  /** A model whose answer depends on every layer, by a batch of inputs. */
  static Model<?> of(Model<?> start, Tensor batch) {
    Model<?> model = start.withParameters(Calibrated::awake);
    Graph graph = model.graph().bind(Map.of("N", (long) batch.shape().size(0))).graph();
    Calibrated reading = new Calibrated(graph);
    graph.read(List.of(batch), reading);
    return model.withParameters(reading::changed);
  }

  /** Factors that start near zero, so that a branch says nothing yet. */
  private static Parameter awake(Parameter p) {
    return p.name().endsWith("layer_scale")
        ? p.with(Tensor.random(p.tensor().shape(), p.name().hashCode(), 0.5, 1))
        : p;
  }

  private Parameter changed(Parameter p) {
    return p.with(set.getOrDefault(p.name(), p.tensor()));
  }

  @Override
  public RuntimeValue constant(Value at, Tensor tensor) {
    return tensor;
  }

  @Override
  public List<RuntimeValue> node(Node at, List<RuntimeValue> in) {
    if (at.op() instanceof BatchNorm) {
      Spread x = Spread.of(in.get(0).tensor());
      put(weight(at, in.size() - 2), c -> x.mean[c] - CENTRE * x.deviation[c]);
      put(weight(at, in.size() - 1), c -> x.deviation[c] * x.deviation[c]);
    } else if (bare && at.op() instanceof Conv && in.size() == 3) {
      Spread y = Spread.of(interpreter.node(at, in).get(0).tensor());
      Tensor kernel = in.get(1).tensor();
      Tensor bias = in.get(2).tensor();
      put(weight(at, 1), i -> kernel.doubleAt(i) / y.deviation[i % bias.size()]);
      put(weight(at, 2), c -> (bias.doubleAt(c) - y.mean[c]) / y.deviation[c] + CENTRE);
    }
    return interpreter.node(at, changed(at, in));
  }

  private Parameter weight(Node at, int operand) {
    return graph.parameter(at.in().get(operand)).orElseThrow();
  }

  /** The operands with the weights that are set by now. */
  private List<RuntimeValue> changed(Node at, List<RuntimeValue> in) {
    return IntStream.range(0, in.size())
        .mapToObj(
            k ->
                graph
                    .parameter(at.in().get(k))
                    .<RuntimeValue>map(p -> changed(p).tensor())
                    .orElse(in.get(k)))
        .toList();
  }

  private void put(Parameter p, IntToDoubleFunction value) {
    float[] values = new float[p.tensor().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.applyAsDouble(i);
    }
    set.put(p.name(), Tensor.of(p.tensor().shape(), values));
  }

  /** Mean and standard deviation of each channel, the last axis. */
  private record Spread(double[] mean, double[] deviation) {
    static Spread of(Tensor x) {
      int channels = x.shape().size(-1);
      double[] mean = new double[channels];
      double[] deviation = new double[channels];
      double share = (double) channels / x.size();
      for (int i = 0; i < x.size(); i++) {
        mean[i % channels] += share * x.doubleAt(i);
      }
      for (int i = 0; i < x.size(); i++) {
        deviation[i % channels] += share * Math.pow(x.doubleAt(i) - mean[i % channels], 2);
      }
      for (int c = 0; c < channels; c++) {
        deviation[c] = Math.sqrt(Math.max(1e-4, deviation[c]));
      }
      return new Spread(mean, deviation);
    }
  }
}
