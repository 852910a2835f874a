package dev.axiomml.backend.nd4j;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.run.Plan;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A graph on ND4J; weights are copied to it once. */
final class Nd4jPlan implements Plan {
  private final Graph graph;
  private final List<Node> inJava;
  private final IdentityHashMap<Tensor, INDArray> weights = new IdentityHashMap<>();

  Nd4jPlan(Graph graph, List<Node> inJava) {
    this.graph = graph;
    this.inJava = List.copyOf(inJava);
    graph.constants().values().stream()
        .filter(t -> t.dtype() == DType.FLOAT32)
        .forEach(t -> weights.put(t, Nd4jArrays.of(t)));
  }

  /** A value while the plan runs: on one side or the other, moved when it is asked for. */
  private record Held(Optional<INDArray> array, Optional<RuntimeValue> datum, Type type) {
    INDArray onNd4j() {
      return array.orElseGet(() -> Nd4jArrays.of(datum.orElseThrow().tensor()));
    }

    RuntimeValue inJava() {
      return datum.orElseGet(() -> Nd4jArrays.tensor(array.orElseThrow(), type.shape()));
    }
  }

  private final class Running implements GraphReading<Held> {
    private final Interpreter interpreter = new Interpreter();

    @Override
    public Held constant(Value at, Tensor tensor) {
      return new Held(Optional.ofNullable(weights.get(tensor)), Optional.of(tensor), at.type());
    }

    @Override
    public List<Held> node(Node at, List<Held> in) {
      if (Nd4jRules.cover(at)) {
        INDArray out = Nd4jRules.run(at, in.stream().map(Held::onNd4j).toList());
        return List.of(new Held(Optional.of(out), Optional.empty(), at.out().get(0).type()));
      }
      List<RuntimeValue> out = interpreter.node(at, in.stream().map(Held::inJava).toList());
      return out.stream()
          .map(d -> new Held(Optional.empty(), Optional.of(d), typeOf(d, at)))
          .toList();
    }

    private Type typeOf(RuntimeValue datum, Node at) {
      return datum instanceof Tensor tensor ? tensor.type() : at.out().get(0).type();
    }
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    List<Held> given =
        in.stream()
            .map(d -> new Held(Optional.empty(), Optional.of(d), d.tensor().type()))
            .toList();
    return graph.read(given, new Running()).stream().map(Held::inJava).toList();
  }

  @Override
  public List<Type> inputs() {
    return graph.inputs().stream().map(Value::type).toList();
  }

  @Override
  public String report() {
    String java = inJava.isEmpty() ? "" : ", in Java: " + inJava.stream().map(Node::name).toList();
    String threads = System.getProperty("OMP_NUM_THREADS", "ND4J's own number of");
    return "nd4j "
        + Nd4j.getBackend().getClass().getSimpleName()
        + ": "
        + (graph.nodes().size() - inJava.size())
        + " nodes, "
        + threads
        + " threads"
        + java;
  }

  @Override
  public void close() {
    weights.clear();
  }
}
