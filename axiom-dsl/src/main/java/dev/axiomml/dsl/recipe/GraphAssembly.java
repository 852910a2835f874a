package dev.axiomml.dsl.recipe;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphBuilder;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/** Turns the steps of a recipe into a graph with weights; used once, by one thread. */
public final class GraphAssembly {
  private final NetworkRecipe recipe;
  private final BiFunction<WeightDraft, String, Parameter> start;
  private final Map<RecipeStep, String> names;
  private final GraphBuilder builder = Graph.builder();
  private final Map<RecipeStep, List<Value>> values = new IdentityHashMap<>();
  private final Map<String, Parameter> weights = new HashMap<>();

  private GraphAssembly(
      NetworkRecipe recipe,
      Map<RecipeStep, String> names,
      BiFunction<WeightDraft, String, Parameter> start) {
    this.recipe = recipe;
    this.names = names;
    this.start = start;
  }

  /** The graph of everything that some positions of one recipe need. */
  public static Graph graph(List<LayerPosition> outputs) {
    long seed = outputs.get(0).trail().recipe().seed();
    return graph(outputs, (weight, name) -> weight.start(name, seed));
  }

  /** The same graph, its weights without values. */
  public static Graph blank(List<LayerPosition> outputs) {
    return graph(outputs, WeightDraft::blank);
  }

  private static Graph graph(
      List<LayerPosition> outputs, BiFunction<WeightDraft, String, Parameter> start) {
    List<RecipeStep> steps = RecipeStep.needed(outputs);
    NetworkRecipe recipe = outputs.get(0).trail().recipe();
    GraphAssembly assembly =
        new GraphAssembly(recipe, ParameterNaming.of(recipe.name(), steps), start);
    steps.forEach(assembly::add);
    return assembly.builder.build(outputs.stream().map(assembly::value).toList());
  }

  /** The weights that a graph would have: PyTorch's names and PyTorch's shapes; makes no values. */
  public static Map<String, Shape> parameters(List<LayerPosition> outputs) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    List<RecipeStep> steps = RecipeStep.needed(outputs);
    Map<RecipeStep, String> names =
        ParameterNaming.of(outputs.get(0).trail().recipe().name(), steps);
    for (RecipeStep step : steps) {
      if (step.content() instanceof OperatorPart part) {
        part.weights()
            .forEach(w -> shapes.put(w.name(names.getOrDefault(step, "")), w.torchShape()));
      }
    }
    return shapes;
  }

  private Value value(LayerPosition spot) {
    return Objects.requireNonNull(values.get(spot.step())).get(spot.result());
  }

  private String name(RecipeStep step) {
    return Objects.requireNonNull(names.get(step));
  }

  private void add(RecipeStep step) {
    List<Value> in = step.in().stream().map(this::value).toList();
    values.put(step, results(step, in));
  }

  private List<Value> results(RecipeStep step, List<Value> in) {
    if (step.content() instanceof OperatorPart part) {
      return builder.add(name(step), part.op(), operands(name(step), part, in));
    }
    if (step.content() instanceof RecipeStep.Fixed fixed) {
      return List.of(builder.constant(fixed.tensor()));
    }
    if (step.content() instanceof RecipeStep.Given input) {
      return List.of(builder.input(name(step), input.port().type()));
    }
    return step.content() instanceof RecipeStep.Inlined inlined ? inline(step, inlined, in) : in;
  }

  /** The weights come behind the first operand. */
  private List<Value> operands(String path, OperatorPart part, List<Value> in) {
    List<Value> operands = new ArrayList<>(in.subList(0, Math.min(1, in.size())));
    part.weights().forEach(w -> operands.add(builder.parameter(weight(path, w))));
    operands.addAll(in.subList(Math.min(1, in.size()), in.size()));
    return operands;
  }

  private Parameter weight(String path, WeightDraft weight) {
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

  private List<Value> inline(RecipeStep step, RecipeStep.Inlined inlined, List<Value> in) {
    String prefix = name(step);
    if (!prefix.isEmpty()) {
      builder.enter(prefix);
    }
    String start = prefix.isEmpty() ? "" : prefix + ".";
    Map<String, Dim> symbols = ModelInlining.symbols(inlined.model(), in.get(0).type());
    ModelInlining reading =
        new ModelInlining(builder, symbols, parameter -> renamed(start, parameter));
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
