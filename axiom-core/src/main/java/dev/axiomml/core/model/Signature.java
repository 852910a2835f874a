package dev.axiomml.core.model;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.OutputKind;
import dev.axiomml.core.property.Region;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model's name and boundary.
 *
 * @param <O> what the first output is
 * @param name the model's name
 * @param inputs in order
 * @param outputs in order
 * @param kind what the first output is
 */
public record Signature<O extends Output>(
    String name, List<Port> inputs, List<Port> outputs, OutputKind<O> kind) {
  /** Copies the lists. */
  public Signature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The same boundary with the first output as another kind. */
  public <P extends Output> Signature<P> as(OutputKind<P> other) {
    return new Signature<>(name, inputs, outputs, other);
  }

  /** The same boundary with every input declared to be in an interval. */
  public Signature<O> within(Region.Range range) {
    List<Port> narrowed = inputs.stream().map(port -> port.within(range)).toList();
    return new Signature<>(name, narrowed, outputs, kind);
  }

  /** The same boundary with the input of a name declared to be in an interval. */
  public Signature<O> within(String input, Region.Range range) {
    List<Port> narrowed =
        inputs.stream().map(p -> p.name().equals(input) ? p.within(range) : p).toList();
    return new Signature<>(name, narrowed, outputs, kind);
  }

  /** The same boundary with the types of a graph of these inputs and outputs. */
  Signature<O> specialized(Graph graph) {
    return new Signature<>(
        name, typed(inputs, graph.inputs()), typed(outputs, graph.outputs()), kind);
  }

  private static List<Port> typed(List<Port> ports, List<Value> values) {
    return IntStream.range(0, ports.size())
        .mapToObj(i -> ports.get(i).typed(values.get(i).type()))
        .toList();
  }

  /** Refuses a graph with another boundary. */
  void check(Graph graph) {
    require("inputs", inputs, graph.inputs());
    require("outputs", outputs, graph.outputs());
    kind.classes().ifPresent(classes -> classes(outputs.get(0), classes));
    if (kind.isDistribution() && !DistributionOutputs.isOne(graph, 0)) {
      throw new ModelException(
          new Diagnosis(
              "output " + outputs.get(0) + " is declared as probabilities",
              "model " + name,
              "a distribution ends in softmax over the last axis",
              "add .softmax() before .output(probabilities(…)), or declare scores(…)"));
    }
  }

  private void require(String side, List<Port> ports, List<Value> values) {
    List<String> declared = ports.stream().map(port -> port.type().toString()).toList();
    List<String> actual = values.stream().map(value -> value.type().toString()).toList();
    if (!declared.equals(actual)) {
      throw new ModelException(
          new Diagnosis(
              side + " declared as " + declared + ", the graph has " + actual,
              "model " + name,
              "the boundary and the graph must agree",
              "declare " + actual));
    }
  }

  private void classes(Port output, int classes) {
    if (!output.type().shape().dim(-1).matches(dev.axiomml.core.tensor.Dim.of(classes))) {
      throw new ModelException(
          new Diagnosis(
              kind.name() + "(" + classes + ") declared on " + output.type(),
              "model " + name + " › output",
              "the last axis holds one number a class",
              "write "
                  + kind.name()
                  + "("
                  + output.type().shape().dim(-1)
                  + "), or give the last layer "
                  + classes
                  + " outputs"));
    }
  }
}
