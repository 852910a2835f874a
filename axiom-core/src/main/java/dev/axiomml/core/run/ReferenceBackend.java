package dev.axiomml.core.run;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The interpreter in plain Java; what it computes is what operators mean. It gives the same bits on
 * every machine and in every run: sums in a fixed order, functions by {@link StrictMath}.
 */
public final class ReferenceBackend implements Backend {
  /** It is always there; {@link Backends#REFERENCE} names it. */
  public ReferenceBackend() {}

  @Override
  public BackendId id() {
    return Backends.REFERENCE;
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public Plan compile(Graph graph, Compilation options) {
    return new Interpreted(graph);
  }

  private record Interpreted(Graph graph) implements Plan {
    @Override
    public List<RuntimeValue> run(List<RuntimeValue> in) {
      return graph.read(in, new SizedInterpreter());
    }

    @Override
    public Optional<Plan> withTensors(UnaryOperator<Tensor> change) {
      return Optional.of(new Interpreted(graph.withTensors(change)));
    }

    @Override
    public List<Type> inputs() {
      return graph.inputs().stream().map(Value::type).toList();
    }

    @Override
    public String report() {
      return "reference: " + graph.nodes().size() + " nodes interpreted in Java, 1 thread";
    }

    @Override
    public void close() {}
  }
}
