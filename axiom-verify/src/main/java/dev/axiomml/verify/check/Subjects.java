package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Softmax;
import dev.axiomml.core.property.Subject;
import dev.axiomml.core.property.Term;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the words of a formula mean in a graph of fixed sizes. */
record Subjects(Graph graph) {
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

  /** The softmax that made a value, if it runs along its last axis. */
  Optional<Node> softmax(Value value) {
    return graph.nodes().stream()
        .filter(node -> node.out().contains(value))
        .filter(node -> node.op() instanceof Softmax)
        .filter(node -> isLast(((Softmax) node.op()).axis(), value.type().shape()))
        .findFirst();
  }

  private static boolean isLast(int axis, Shape shape) {
    return shape.rank() > 0 && shape.axis(axis) == shape.rank() - 1;
  }

  /** The row-major position of an index without the batch axis; empty when it names no element. */
  Optional<Integer> position(Value value, List<Integer> index) {
    Shape shape = value.type().shape();
    if (shape.rank() != index.size() + 1) {
      return Optional.empty();
    }
    int position = 0;
    for (int axis = 0; axis < index.size(); axis++) {
      if (index.get(axis) < 0 || index.get(axis) >= shape.size(axis + 1)) {
        return Optional.empty();
      }
      position = position * shape.size(axis + 1) + index.get(axis);
    }
    return Optional.of(position);
  }

  /** Every element of a subject as a term. */
  List<Term> elements(Subject subject) {
    Shape shape = value(subject).type().shape();
    List<Term> elements = new ArrayList<>();
    for (int i = 0; i < shape.count(); i++) {
      List<Integer> index = new ArrayList<>();
      int rest = i;
      for (int axis = shape.rank() - 1; axis > 0; axis--) {
        index.add(0, rest % shape.size(axis));
        rest /= shape.size(axis);
      }
      elements.add(new Term.Element(subject, index));
    }
    return elements;
  }
}
