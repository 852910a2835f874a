package dev.axiomml.interop.onnx.graph;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.OpEmitter;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/**
 * A graph in the place of one operator.
 *
 * @param graph what the operator computes
 * @param operands which of the operator's operands are the graph's inputs, in order
 */
record InlinedGraph(Graph graph, List<Integer> operands) implements OpLowering {
  InlinedGraph {
    operands = List.copyOf(operands);
  }

  @Override
  public <V> List<V> emit(OpEmitter<V> to, List<V> in) {
    return graph.read(
        operands.stream().map(in::get).toList(),
        new GraphReading<V>() {
          @Override
          public V constant(Value at, Tensor tensor) {
            return to.constant(tensor);
          }

          @Override
          public List<V> node(Node at, List<V> operands) {
            return to.emit(at.op(), operands);
          }
        });
  }
}
