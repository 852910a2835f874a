package dev.axiomml.dsl.recipe;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.GraphReading;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The reading that writes a model's nodes into another graph. */
final class ModelInlining implements GraphReading<Value> {
  private final GraphBuilder to;
  private final Map<String, Dim> symbols;
  private final UnaryOperator<Parameter> change;

  ModelInlining(GraphBuilder to, Map<String, Dim> symbols, UnaryOperator<Parameter> change) {
    this.to = to;
    this.symbols = symbols;
    this.change = change;
  }

  /** The types of a model's outputs for an input. */
  static List<Type> outputs(Model<?> model, Type input) {
    GraphBuilder scratch = Graph.builder();
    Value in = scratch.input("input", input);
    ModelInlining reading =
        new ModelInlining(scratch, symbols(model, input), UnaryOperator.identity());
    List<Type> types = model.graph().read(List.of(in), reading).stream().map(Value::type).toList();
    if (types.stream().anyMatch(Type.OfElements.class::isInstance)) {
      throw new ShapeException(
          new Diagnosis(
              "model " + model.name() + " makes " + types + " of " + input,
              "",
              "its file has no one graph for all sizes, and a layer must know the shape before it",
              "load the file with its input's sizes: Onnx.load(path, input(image(28, 28, 1)))"));
    }
    return types;
  }

  /** What the symbols of a model's input stand for. */
  static Map<String, Dim> symbols(Model<?> model, Type input) {
    Type declared = model.graph().inputs().get(0).type();
    if (!declared.shape().matches(input.shape()) || declared.dtype() != input.dtype()) {
      throw new ShapeException(
          new Diagnosis(
              "model " + model.name() + " got " + input,
              "",
              "it takes " + declared,
              "bring the flow to " + declared.shape() + " first, or take another model"));
    }
    Map<String, Dim> symbols = new HashMap<>();
    Shape shape = declared.shape();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!shape.dim(axis).isFixed()) {
        symbols.putIfAbsent(shape.dim(axis).toString(), input.shape().dim(axis));
      }
    }
    return symbols;
  }

  @Override
  public Value constant(Value at, Tensor tensor) {
    return to.constant(tensor);
  }

  @Override
  public Value parameter(Value at, Parameter weight) {
    return to.parameter(change.apply(weight));
  }

  @Override
  public List<Value> node(Node at, List<Value> in) {
    Op bound = at.op().bind(name -> symbols.getOrDefault(name, Dim.symbol(name)));
    return to.add(at.name(), bound, in);
  }
}
