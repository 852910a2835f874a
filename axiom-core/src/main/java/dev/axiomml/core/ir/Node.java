package dev.axiomml.core.ir;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.tensor.Type;
import java.util.List;

/**
 * An operator at its place in a graph.
 *
 * @param id its number, in the order of running
 * @param name dotted path such as {@code block2.conv1}, unique in the graph
 * @param op what it computes
 * @param in the operands
 * @param out the results, at least one
 */
public record Node(int id, String name, Op op, List<Value> in, List<Value> out) {
  /** Copies the lists and rounds the operator's settings to the operands' element type. */
  public Node {
    in = List.copyOf(in);
    out = List.copyOf(out);
    op = op.on(in.stream().map(Value::type).toList());
  }

  /** The operands' types. */
  public List<Type> inTypes() {
    return in.stream().map(Value::type).toList();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return id;
  }
}
