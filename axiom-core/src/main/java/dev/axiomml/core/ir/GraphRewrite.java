package dev.axiomml.core.ir;

import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A way to write a new graph while reading another.
 *
 * <p>Implementors answer new values for a node's results; {@link #copy} repeats a node as it is.
 */
public abstract class GraphRewrite {
  private final GraphBuilder to = Graph.builder();
  private final Map<Value, Value> where = new HashMap<>();

  /** For subclasses. */
  protected GraphRewrite() {}

  /** The graph that a rewrite makes of another. */
  public static RewrittenGraph of(Graph graph, GraphRewrite rewrite) {
    List<Value> in = graph.inputs().stream().map(v -> rewrite.became(v, rewrite.input(v))).toList();
    List<Value> out = graph.read(in, rewrite.new Writing());
    return new RewrittenGraph(rewrite.to.build(rewrite.outputs(out)), rewrite.where);
  }

  /** The new value of an input: an input of the same name and type. */
  protected Value input(Value at) {
    return to.input(at.name(), at.type());
  }

  /** The new value of a constant: a constant of the same name. */
  protected Value constant(Value at, Tensor tensor) {
    return to.constant(at.name(), tensor);
  }

  /** The new value of a weight: the same weight. */
  protected Value parameter(Value at, Parameter weight) {
    return to.parameter(weight);
  }

  /** The new values of a node's results. */
  protected abstract List<Value> node(Node at, List<Value> in);

  /** The outputs of the new graph, from what the outputs became. */
  protected List<Value> outputs(List<Value> out) {
    return out;
  }

  /** The builder of the new graph. */
  protected final GraphBuilder to() {
    return to;
  }

  /** The same node over new operands. */
  protected final List<Value> copy(Node at, List<Value> in) {
    return to.add(at.name(), at.op(), in);
  }

  /** What values that are read so far became. */
  protected final List<Value> now(List<Value> old) {
    return old.stream().map(v -> Objects.requireNonNull(where.get(v), v.name())).toList();
  }

  private Value became(Value old, Value made) {
    where.put(old, made);
    return made;
  }

  /** The reading that remembers what became of each value. */
  private final class Writing implements GraphReading<Value> {
    @Override
    public Value constant(Value at, Tensor tensor) {
      return became(at, GraphRewrite.this.constant(at, tensor));
    }

    @Override
    public Value parameter(Value at, Parameter weight) {
      return became(at, GraphRewrite.this.parameter(at, weight));
    }

    @Override
    public List<Value> node(Node at, List<Value> in) {
      List<Value> out = GraphRewrite.this.node(at, in);
      for (int i = 0; i < out.size(); i++) {
        became(at.out().get(i), out.get(i));
      }
      return out;
    }
  }
}
