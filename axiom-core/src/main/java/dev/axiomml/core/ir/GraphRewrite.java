package dev.axiomml.core.ir;

import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * A reading that writes a new graph.
 *
 * <p>Implementors answer new values for a node's results; {@link #copy} repeats a node as it is.
 */
public abstract class GraphRewrite implements GraphReading<Value> {
  private final GraphBuilder to = Graph.builder();

  /** For subclasses. */
  protected GraphRewrite() {}

  /** The graph that a rewrite makes of another; inputs keep names and order. */
  public static Graph of(Graph graph, GraphRewrite rewrite) {
    List<Value> in =
        graph.inputs().stream()
            .map(v -> rewrite.to.input(v.name(), rewrite.input(v.type())))
            .toList();
    return rewrite.to.build(graph.read(in, rewrite));
  }

  /** The type of an input in the new graph. */
  protected Type input(Type type) {
    return type;
  }

  /** The builder of the new graph. */
  protected final GraphBuilder to() {
    return to;
  }

  /** The same node over new operands. */
  protected final List<Value> copy(Node at, List<Value> in) {
    return to.add(at.name(), at.op(), in);
  }

  @Override
  public Value constant(Value at, Tensor tensor) {
    return to.constant(at.name(), tensor);
  }
}
