package dev.axiomml.verify;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.model.Signature;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.core.train.GradientGraph;
import java.util.List;
import java.util.Optional;

/**
 * How an output of a model changes with its first input, as a model whose output has the input's
 * shape: what is claimed of it says how the model behaves between inputs.
 *
 * <p>Where every slope {@code ∂y/∂xᵢ} over a box is ≥ 0, the output does not fall while {@code xᵢ}
 * rises there: it is <em>monotone</em>. Where {@code Σᵢ|∂y/∂xᵢ|} is at most {@code L} over a box,
 * it moves there at most {@code L} times as far as inputs do in the maximum norm: {@code L} is a
 * <em>Lipschitz</em> bound. Both follow by integration along a line, since the slopes that the
 * graph of gradients computes are the function's almost everywhere (Bolte and Pauwels 2021), kinks
 * included. Both are statements about real numbers: neighbouring floats may differ by rounding in
 * the other direction, so prove them with {@link Budget#overTheReals()}.
 *
 * <pre>{@code
 * Model<Output> slopes = ModelGradient.of(credit, 0);                   // of output 0
 * Theorem<Output> rises = property("output[2] >= 0").forAll(inputIn(0, 1)); // in input 2
 * Theorem<Output> steep = property("norm1(output) <= 4").forAll(inputIn(0, 1));
 * Report report = Verifier.prove(slopes, List.of(rises, steep), Budget.seconds(60).overTheReals());
 * }</pre>
 */
public final class ModelGradient {
  private ModelGradient() {}

  /**
   * The slopes of one output of one sample; inputs keep their names and domains, for a batch of
   * one.
   *
   * @param element place in a sample of the first output, counted row-major
   * @throws ModelException when operators between have no gradient, or there is no such element
   */
  public static Model<Output> of(Model<?> model, int element) {
    Graph one = model.inference(single(model));
    RewrittenGraph marked = marked(one, element);
    Value loss = marked.graph().outputs().get(0);
    Value x = marked.graph().inputs().get(0);
    Graph both = GradientGraph.of(marked.graph(), loss, List.of(x)).graph();
    Graph slopes = GraphRewrite.of(both, new Last()).graph();
    List<Port> inputs = new java.util.ArrayList<>();
    for (int i = 0; i < slopes.inputs().size(); i++) {
      Port port = model.signature().inputs().get(i);
      Type type = slopes.inputs().get(i).type();
      inputs.add(new Port(port.name(), type, port.axes(), port.domain()));
    }
    Port input = inputs.get(0);
    Port output = new Port("slopes", input.type(), input.axes(), Optional.empty());
    return Model.of(
        new Signature<>(
            model.name() + " slopes of " + element, inputs, List.of(output), OutputKind.OUTPUT),
        slopes);
  }

  /** The types of the inputs for a batch of one. */
  private static List<Type> single(Model<?> model) {
    return model.signature().inputs().stream().map(Port::type).map(ModelGradient::single).toList();
  }

  private static Type single(Type type) {
    boolean batched = type.isTensor() && type.shape().rank() > 0 && !type.shape().dim(0).isFixed();
    return batched ? Type.of(type.shape().with(0, Dim.ONE), type.dtype()) : type;
  }

  private static RewrittenGraph marked(Graph graph, int element) {
    Type output = graph.outputs().get(0).type();
    if (!output.shape().isFixed() || element < 0 || element >= output.shape().count()) {
      throw new ModelException(
          new Diagnosis(
              "slopes of element " + element + " of " + output,
              "ModelGradient",
              "a sample's outputs are counted row-major from 0, and their number is known",
              "name one of them"));
    }
    return GraphRewrite.of(graph, new Element(output.shape().count(), element));
  }

  /** Ends a graph in one element of its first output. */
  private static final class Element extends GraphRewrite {
    private final int count;
    private final int element;

    Element(int count, int element) {
      this.count = count;
      this.element = element;
    }

    @Override
    protected List<Value> node(Node at, List<Value> in) {
      return copy(at, in);
    }

    @Override
    protected List<Value> outputs(List<Value> out) {
      Reshape flat = new Reshape(Shape.of(Dim.of(count)));
      Value all = to().emit(flat, List.of(out.get(0))).get(0);
      return to().emit(new Take(0, Tensor.ofLongs(Shape.of(1), element)), List.of(all));
    }
  }

  /** Leaves the last output alone. */
  private static final class Last extends GraphRewrite {
    @Override
    protected List<Value> node(Node at, List<Value> in) {
      return copy(at, in);
    }

    @Override
    protected List<Value> outputs(List<Value> out) {
      return out.subList(out.size() - 1, out.size());
    }
  }
}
