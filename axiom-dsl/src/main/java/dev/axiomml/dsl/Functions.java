package dev.axiomml.dsl;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Softmax;
import dev.axiomml.core.run.Interpreter;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/**
 * Activations as functions on tensors, of any shape, element by element.
 *
 * <p>They compute what the layer of the same name computes on the reference backend.
 *
 * <pre>{@code
 * Tensor y = Functions.relu(Tensor.of(Shape.of(3), -1, 0, 2));
 * }</pre>
 */
public final class Functions {
  private Functions() {}

  static Tensor run(Op op, Tensor x) {
    GraphBuilder builder = Graph.builder();
    Value in = builder.input("x", x.type());
    Graph graph = builder.build(builder.emit(op, List.of(in)));
    return graph.read(List.of(x), new Interpreter()).get(0).tensor();
  }

  /** Rectifier: the larger of {@code x} and zero. */
  public static Tensor relu(Tensor x) {
    return Activations.RELU.apply(x);
  }

  /** Logistic function, into (0, 1). */
  public static Tensor sigmoid(Tensor x) {
    return Activations.SIGMOID.apply(x);
  }

  /** Exponentials of the last axis divided by their sum. */
  public static Tensor softmax(Tensor x) {
    return run(new Softmax(-1), x);
  }
}
