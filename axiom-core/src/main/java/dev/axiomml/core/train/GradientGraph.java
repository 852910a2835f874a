package dev.axiomml.core.train;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.parts.PartsOp;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the graph that computes a number and its gradients: an ordinary graph that any backend
 * runs, and whose own gradients can be taken again.
 *
 * <p>Steps that training and inference take apart, such as attention, are there in their parts. At
 * a kink the slope is the one that the function's derivative has there; a NaN or an infinity in a
 * slope arrives, even where the gradient by the function is 0, as in PyTorch. What the number does
 * not depend on has a gradient of zeros.
 *
 * <pre>{@code
 * Graph step = GradientGraph.of(graph, loss, weights).graph(); // outputs: loss, a gradient each
 * }</pre>
 */
public final class GradientGraph extends GraphRewrite {
  private final Value loss;
  private final List<Value> by;
  private final GradientTape<Value> tape = new GradientTape<>(to());

  private GradientGraph(Value loss, List<Value> by) {
    this.loss = loss;
    this.by = List.copyOf(by);
  }

  /**
   * The graph of a number and of its gradients by some values, in that order.
   *
   * @param graph sizes are fixed; its own outputs are left out
   * @param loss one of its values, of one element
   * @param by float values of the graph: inputs, weights, constants or results
   * @throws ModelException when sizes are free, the loss is no number, or operators between have no
   *     gradient; all of them are named
   */
  public static RewrittenGraph of(Graph graph, Value loss, List<Value> by) {
    Optional<Value> open =
        graph.values().filter(v -> v.type().isTensor() && !v.type().shape().isFixed()).findFirst();
    if (open.isPresent()) {
      throw refused(
          "the gradient of a graph with free sizes: "
              + open.get().name()
              + " is "
              + open.get().type(),
          "where a gradient goes back to depends on the sizes",
          "bind the sizes first: graph.bind(Map.of(\"N\", 32L))");
    }
    if (loss.type().shape().count() != 1 || !loss.type().dtype().isFloat()) {
      throw refused(
          "the gradient of " + loss.name() + ", which is " + loss.type(),
          "a gradient is taken of one float number",
          "reduce it to one number, such as a mean, first");
    }
    return GraphRewrite.of(graph, new GradientGraph(loss, by));
  }

  private static ModelException refused(String what, String why, String fix) {
    return new ModelException(new Diagnosis(what, "GradientGraph", why, fix));
  }

  private Value marked(Value at, Value made) {
    if (by.contains(at)) {
      tape.want(made);
    }
    return made;
  }

  @Override
  protected Value input(Value at) {
    return marked(at, super.input(at));
  }

  @Override
  protected Value constant(Value at, Tensor tensor) {
    return marked(at, super.constant(at, tensor));
  }

  @Override
  protected Value parameter(Value at, Parameter weight) {
    return marked(at, super.parameter(at, weight));
  }

  @Override
  protected List<Value> node(Node at, List<Value> in) {
    List<Value> out;
    if (at.op() instanceof PartsOp && tape.isWanted(in)) {
      to().enter(at.name());
      out = tape.emit(at.op(), in);
      to().leave();
    } else {
      out = tape.recorded(at.op(), in, copy(at, in));
    }
    for (int i = 0; i < out.size(); i++) {
      marked(at.out().get(i), out.get(i));
    }
    return out;
  }

  @Override
  protected List<Value> outputs(List<Value> out) {
    Value number = now(List.of(loss)).get(0);
    double[] one = {1};
    to().enter("gradient");
    Map<Value, Value> arrived = tape.back(Map.of(number, number(loss.type(), one)));
    if (!tape.missing().isEmpty()) {
      throw refused(
          "no gradient through " + String.join(", ", tape.missing()),
          "these operators only run, or jump, and " + loss.name() + " depends on them",
          "take the gradient by values behind them, or replace them");
    }
    List<Value> all = new ArrayList<>(List.of(number));
    for (Value value : now(by)) {
      Value gradient = arrived.get(value);
      double[] zeros = new double[value.type().shape().count()];
      all.add(gradient == null ? number(value.type(), zeros) : gradient);
    }
    to().leave();
    return all;
  }

  private Value number(Type type, double[] elements) {
    return to().constant(Tensor.ofDoubles(type.shape(), type.dtype(), elements));
  }
}
