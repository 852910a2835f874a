package dev.axiomml.core.model;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.property.Probabilities;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Models as classifiers. */
final class ClassifierModels {
  private ClassifierModels() {}

  static Model<Probabilities> of(Model<?> model) {
    if (!DistributionOutputs.isOne(model.graph(), 0)) {
      throw new ModelException(
          new Diagnosis(
              "output " + model.signature().outputs().get(0) + " is no distribution",
              "model " + model.name() + " › asClassifier",
              "a classifier's output ends in softmax over the last axis",
              "append one with model.withSoftmax()"));
    }
    return typed(model, UnaryOperator.identity());
  }

  static Model<Probabilities> withSoftmax(Model<?> model) {
    return typed(model, graph -> GraphRewrite.of(graph, new Appending()).graph());
  }

  private static <O extends Output> Model<Probabilities> typed(
      Model<O> model, UnaryOperator<Graph> change) {
    int classes = classes(model);
    Model<Probabilities> fresh =
        model.rebuilt(model.signature().as(OutputKind.probabilities(classes)), change);
    for (var ensure : model.ensures()) {
      fresh = fresh.ensure(new dev.axiomml.core.property.Property<Output>(ensure.formula()));
    }
    for (var theorem : model.theorems()) {
      fresh =
          fresh.prove(
              new dev.axiomml.core.property.Theorem<Output>(theorem.region(), theorem.formula()));
    }
    return fresh;
  }

  private static int classes(Model<?> model) {
    Port output = model.signature().outputs().get(0);
    Type type = output.type();
    if (!type.isTensor() || type.shape().rank() == 0 || !type.shape().dim(-1).isFixed()) {
      throw new ModelException(
          new Diagnosis(
              "output " + output + " has no known number of classes",
              "model " + model.name(),
              "a distribution is over the last axis, whose size is a number",
              "load the file with its input's sizes: Onnx.load(path, input(image(28, 28, 1)))"));
    }
    return type.shape().size(-1);
  }

  /** Copies a graph and puts a softmax after its first output. */
  private static final class Appending extends GraphRewrite {
    @Override
    protected List<Value> outputs(List<Value> out) {
      List<Value> appended = new ArrayList<>(out);
      appended.set(0, to().add("softmax", new Softmax(-1), List.of(out.get(0))).get(0));
      return appended;
    }

    @Override
    protected List<Value> node(Node at, List<Value> in) {
      return copy(at, in);
    }
  }
}
