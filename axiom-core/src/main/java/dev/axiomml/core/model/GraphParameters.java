package dev.axiomml.core.model;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The weights of a graph. */
final class GraphParameters {
  private GraphParameters() {}

  static List<Parameter> of(Graph graph) {
    Map<String, Parameter> byName = new LinkedHashMap<>();
    graph
        .nodes()
        .forEach(node -> graph.parameters(node).forEach(p -> byName.putIfAbsent(p.name(), p)));
    graph.outputs().stream()
        .flatMap(value -> graph.parameter(value).stream())
        .forEach(p -> byName.putIfAbsent(p.name(), p));
    return List.copyOf(byName.values());
  }

  static Graph replaced(Graph graph, UnaryOperator<Parameter> change) {
    return GraphRewrite.of(graph, new Replacing(change)).graph();
  }

  private static final class Replacing extends GraphRewrite {
    private final UnaryOperator<Parameter> change;

    Replacing(UnaryOperator<Parameter> change) {
      this.change = change;
    }

    @Override
    protected Value parameter(Value at, Parameter weight) {
      Parameter next = change.apply(weight);
      if (weight.isPinned() && !next.tensor().equals(weight.tensor())) {
        throw pinned(weight);
      }
      return to().parameter(next);
    }

    private static ModelException pinned(Parameter weight) {
      return new ModelException(
          new Diagnosis(
              "other numbers for weight " + weight.name(),
              "weight " + weight,
              "its numbers decided what the network is when the file was read, as a size, a limit"
                  + " or a condition do",
              "write the numbers to the file and load that"));
    }

    @Override
    protected List<Value> node(Node at, List<Value> in) {
      return copy(at, in);
    }
  }
}
