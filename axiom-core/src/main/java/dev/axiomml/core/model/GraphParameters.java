package dev.axiomml.core.model;

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
      return to().parameter(change.apply(weight));
    }

    @Override
    protected List<Value> node(Node at, List<Value> in) {
      return copy(at, in);
    }
  }
}
