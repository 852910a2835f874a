package dev.axiomml.dsl;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/** Turns the steps of a recipe into a graph with weights; used once, by one thread. */
final class Assembly {
  private final Recipe recipe;
  private final BiFunction<Weight, String, Parameter> start;
  private final Map<Step, String> names;
  private final GraphBuilder builder = Graph.builder();
  private final Map<Step, List<Value>> values = new IdentityHashMap<>();
  private final Map<String, Parameter> weights = new HashMap<>();

  private Assembly(
      Recipe recipe, Map<Step, String> names, BiFunction<Weight, String, Parameter> start) {
    this.recipe = recipe;
    this.names = names;
    this.start = start;
  }

  /** The graph of everything that some positions of one recipe need. */
  static Graph graph(List<Spot> outputs) {
    long seed = outputs.get(0).trail().recipe().seed();
    return graph(outputs, (weight, name) -> weight.start(name, seed));
  }

  /** The same graph, its weights without values. */
  static Graph blank(List<Spot> outputs) {
    return graph(outputs, Weight::blank);
  }

  private static Graph graph(List<Spot> outputs, BiFunction<Weight, String, Parameter> start) {
    List<Step> steps = Step.needed(outputs);
    Recipe recipe = outputs.get(0).trail().recipe();
    Assembly assembly = new Assembly(recipe, Naming.of(recipe.name(), steps), start);
    steps.forEach(assembly::add);
    return assembly.builder.build(outputs.stream().map(assembly::value).toList());
  }

  /** The weights that a graph would have: PyTorch's names and PyTorch's shapes; makes no values. */
  static Map<String, Shape> parameters(List<Spot> outputs) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    List<Step> steps = Step.needed(outputs);
    Map<Step, String> names = Naming.of(outputs.get(0).trail().recipe().name(), steps);
    for (Step step : steps) {
      if (step.content() instanceof Part part) {
        part.weights()
            .forEach(w -> shapes.put(w.name(names.getOrDefault(step, "")), w.torchShape()));
      }
    }
    return shapes;
  }

  private Value value(Spot spot) {
    return Objects.requireNonNull(values.get(spot.step())).get(spot.result());
  }

  private String name(Step step) {
    return Objects.requireNonNull(names.get(step));
  }

  private void add(Step step) {
    List<Value> in = step.in().stream().map(this::value).toList();
    values.put(step, results(step, in));
  }

  private List<Value> results(Step step, List<Value> in) {
    if (step.content() instanceof Part part) {
      return builder.add(name(step), op(name(step), part), in);
    }
    if (step.content() instanceof Step.Fixed fixed) {
      return List.of(builder.constant(fixed.tensor()));
    }
    if (step.content() instanceof Input<?> input) {
      return List.of(builder.input(name(step), input.type()));
    }
    return step.content() instanceof Step.Inlined inlined ? inline(step, inlined, in) : in;
  }

  private Op op(String path, Part part) {
    return part.maker().op(part.weights().stream().map(w -> weight(path, w)).toList());
  }

  private Parameter weight(String path, Weight weight) {
    String name = weight.name(path);
    Parameter known = weights.get(name);
    if (known == null) {
      Parameter fresh = start.apply(weight, name);
      weights.put(name, fresh);
      return fresh;
    }
    if (!known.tensor().shape().equals(weight.shape())) {
      throw clash(name, known.tensor().shape() + " and " + weight.shape());
    }
    return known;
  }

  private List<Value> inline(Step step, Step.Inlined inlined, List<Value> in) {
    String prefix = name(step);
    if (!prefix.isEmpty()) {
      builder.enter(prefix);
    }
    String start = prefix.isEmpty() ? "" : prefix + ".";
    Map<String, Dim> symbols = Inlining.symbols(inlined.model(), in.get(0).type());
    Inlining reading = new Inlining(builder, symbols, parameter -> renamed(start, parameter));
    List<Value> out = inlined.model().graph().read(in, reading);
    if (!prefix.isEmpty()) {
      builder.leave();
    }
    return out;
  }

  private Parameter renamed(String prefix, Parameter parameter) {
    Parameter fresh = new Parameter(prefix + parameter.name(), parameter.tensor());
    Parameter known = weights.putIfAbsent(fresh.name(), fresh);
    if (known != null && !known.tensor().equals(parameter.tensor())) {
      throw clash(fresh.name(), known.tensor().shape() + " and " + parameter.tensor().shape());
    }
    return fresh;
  }

  private ModelException clash(String name, String shapes) {
    return new ModelException(
        new Diagnosis(
            "two different weights are called " + name + ": " + shapes,
            "model " + recipe.name() + " › " + name,
            "one name means one weight",
            "put one of them below a name: x.then(model).named(\"backbone\"), or rename the"
                + " layer"));
  }
}
