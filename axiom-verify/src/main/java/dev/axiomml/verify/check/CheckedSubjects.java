package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.norm.LogSoftmax;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.tensor.Shape;
import java.util.Optional;

/** What the words of a formula mean in a graph of fixed sizes. */
record CheckedSubjects(Graph graph) {
  /**
   * @throws ArithmeticException for a word that means nothing here
   */
  Value value(Subject subject) {
    return switch (subject) {
      case INPUT -> graph.inputs().get(0);
      case OUTPUT -> graph.outputs().get(0);
      case SOFTMAX -> throw new ArithmeticException("softmax(x) inside of a model's formula");
    };
  }

  /** Whether the largest of a row of outputs is shown by each other element apart. */
  boolean takesLargestApart() {
    return graph
        .producer(graph.outputs().get(0))
        .filter(node -> node.op() instanceof Softmax || node.op() instanceof LogSoftmax)
        .isEmpty();
  }

  /** The softmax that made a value, if it runs along its last axis. */
  Optional<Node> softmax(Value value) {
    return graph
        .producer(value)
        .filter(node -> node.op() instanceof Softmax)
        .filter(node -> isLast(((Softmax) node.op()).axis(), value.type().shape()));
  }

  private static boolean isLast(int axis, Shape shape) {
    return shape.rank() > 0 && shape.axis(axis) == shape.rank() - 1;
  }
}
