package dev.axiomml.dsl.recipe;

import dev.axiomml.core.error.AxiomException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A position in a recipe: a result of a step, and where steps after it go.
 *
 * @param unit the layer of several steps that ends here; {@code named} speaks of it as a whole
 */
public record LayerPosition(
    StepTrail trail, RecipeStep step, int result, Optional<NamingScope> unit) {
  static LayerPosition of(StepTrail trail, RecipeStep step, int result) {
    return new LayerPosition(trail, step, result, Optional.empty());
  }

  /** The start of a flow. */
  public static LayerPosition start(StepTrail trail, RecipeStep.Given input) {
    return of(trail, new RecipeStep(trail, input, List.of(), List.of(input.port().type())), 0);
  }

  public Type type() {
    return step.out().get(result);
  }

  public LayerPosition in(StepTrail other) {
    return new LayerPosition(other, step, result, unit);
  }

  public LayerPosition whole(Optional<NamingScope> scope) {
    return new LayerPosition(trail, step, result, scope);
  }

  LayerPosition other(int index) {
    return of(trail, step, index);
  }

  /** A constant, for a step after this position. */
  public LayerPosition fixed(Tensor tensor) {
    RecipeStep step =
        new RecipeStep(trail, new RecipeStep.Fixed(tensor), List.of(), List.of(tensor.type()));
    return of(trail, step, 0);
  }

  /** A step of an operator without weights after this position and others. */
  public LayerPosition op(String kind, Op op, LayerPosition... others) {
    return add(kind, in -> OperatorPart.of(kind, op), others);
  }

  /** A step after this position and others; the maker is given the type here. */
  public LayerPosition add(
      String kind, Function<Type, OperatorPart> maker, LayerPosition... others) {
    List<LayerPosition> in = new ArrayList<>(List.of(this));
    in.addAll(List.of(others));
    requireOneRecipe(kind, in);
    try {
      OperatorPart part = maker.apply(type());
      List<Type> out = part.rule().out(in.stream().map(LayerPosition::type).toList());
      return of(trail, new RecipeStep(trail, part, in, out), 0);
    } catch (AxiomException e) {
      throw placed(e, kind, in);
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          new Diagnosis(
              String.valueOf(e.getMessage()),
              place(kind, in),
              "a layer's settings must be in their range",
              "correct the argument"),
          e);
    }
  }

  private AxiomException placed(AxiomException e, String kind, List<LayerPosition> in) {
    Diagnosis d = e.diagnosis();
    Diagnosis located =
        new Diagnosis(sample(d.what()), d.where(), sample(d.why()), sample(d.fix()))
            .at(place(kind, in));
    return e instanceof ShapeException
        ? new ShapeException(located, e)
        : new ModelException(located, e);
  }

  /** Operators speak of whole batches; who writes a network thinks of one sample. */
  private static String sample(String text) {
    return text.replaceAll("\\bN×", "");
  }

  /** Another model applied here. */
  public LayerPosition add(Model<?> model) {
    int inputs = model.signature().inputs().size();
    List<LayerPosition> in = List.of(this);
    if (inputs != 1) {
      throw new ModelException(
          new Diagnosis(
              "model " + model.name() + " takes " + inputs + " inputs",
              place("model", in),
              "a flow can be given to a model of one input",
              "rebuild it with its layers, or apply it outside of the flow"));
    }
    try {
      List<Type> out = ModelInlining.outputs(model, type());
      return of(trail, new RecipeStep(trail, new RecipeStep.Inlined(model), in, out), 0);
    } catch (ShapeException e) {
      throw placed(e, "model", in);
    }
  }

  /** A name for what ends here. */
  public LayerPosition label(String name, boolean shared) {
    RecipeStep.Label content = new RecipeStep.Label(name, shared);
    return of(trail, new RecipeStep(trail, content, List.of(this), List.of(type())), 0);
  }

  private void requireOneRecipe(String kind, List<LayerPosition> in) {
    for (LayerPosition spot : in) {
      if (spot.trail.recipe() != trail.recipe()) {
        throw new ModelException(
            new Diagnosis(
                "a flow of model " + spot.trail.recipe().name() + " is used in another model",
                place(kind, List.of(this)),
                "all flows that meet start at inputs of one model",
                "start both with the same Axiom.model(…), or use x.then(model)"));
      }
    }
  }

  /** The path that a step would have after these positions. */
  public String place(String kind, List<LayerPosition> in) {
    RecipeStep step = new RecipeStep(trail, OperatorPart.unmade(kind), in, List.of());
    List<LayerPosition> ends = List.of(of(trail, step, 0));
    Map<RecipeStep, String> names =
        ParameterNaming.of(trail.recipe().name(), RecipeStep.needed(ends));
    String path = names.getOrDefault(step, kind);
    return "model " + trail.recipe().name() + " › " + path.replace(".", " › ");
  }

  /** The shape of one sample. */
  public Shape sample() {
    Shape shape = type().shape();
    return shape.sub(1, shape.rank());
  }
}
