package dev.axiomml.dsl;

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
record Spot(Trail trail, Step step, int result, Optional<Scope> unit) {
  static Spot of(Trail trail, Step step, int result) {
    return new Spot(trail, step, result, Optional.empty());
  }

  /** The start of a flow. */
  static Spot start(Trail trail, Input<?> input) {
    return of(trail, new Step(trail, input, List.of(), List.of(input.type())), 0);
  }

  Type type() {
    return step.out().get(result);
  }

  Spot in(Trail other) {
    return new Spot(other, step, result, unit);
  }

  Spot whole(Optional<Scope> scope) {
    return new Spot(trail, step, result, scope);
  }

  Spot other(int index) {
    return of(trail, step, index);
  }

  /** A constant, for a step after this position. */
  Spot fixed(Tensor tensor) {
    Step step = new Step(trail, new Step.Fixed(tensor), List.of(), List.of(tensor.type()));
    return of(trail, step, 0);
  }

  /** A step of an operator without weights after this position and others. */
  Spot op(String kind, Op op, Spot... others) {
    return add(kind, in -> Part.of(kind, op), others);
  }

  /** A step after this position and others; the maker is given the type here. */
  Spot add(String kind, Function<Type, Part> maker, Spot... others) {
    List<Spot> in = new ArrayList<>(List.of(this));
    in.addAll(List.of(others));
    requireOneRecipe(kind, in);
    try {
      Part part = maker.apply(type());
      List<Type> out = part.rule().out(in.stream().map(Spot::type).toList());
      return of(trail, new Step(trail, part, in, out), 0);
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

  private AxiomException placed(AxiomException e, String kind, List<Spot> in) {
    Diagnosis d = e.diagnosis();
    Diagnosis told =
        new Diagnosis(sample(d.what()), d.where(), sample(d.why()), sample(d.fix()))
            .at(place(kind, in));
    return e instanceof ShapeException ? new ShapeException(told, e) : new ModelException(told, e);
  }

  /** Operators speak of whole batches; who writes a network thinks of one sample. */
  private static String sample(String text) {
    return text.replaceAll("\\bN×", "");
  }

  /** Another model applied here. */
  Spot add(Model<?> model) {
    int inputs = model.signature().inputs().size();
    List<Spot> in = List.of(this);
    if (inputs != 1) {
      throw new ModelException(
          new Diagnosis(
              "model " + model.name() + " takes " + inputs + " inputs",
              place("model", in),
              "a flow can be given to a model of one input",
              "rebuild it with its layers, or apply it outside of the flow"));
    }
    try {
      List<Type> out = Inlining.outputs(model, type());
      return of(trail, new Step(trail, new Step.Inlined(model), in, out), 0);
    } catch (ShapeException e) {
      throw placed(e, "model", in);
    }
  }

  /** A name for what ends here. */
  Spot label(String name, boolean shared) {
    Step.Label content = new Step.Label(name, shared);
    return of(trail, new Step(trail, content, List.of(this), List.of(type())), 0);
  }

  private void requireOneRecipe(String kind, List<Spot> in) {
    for (Spot spot : in) {
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
  String place(String kind, List<Spot> in) {
    Step step = new Step(trail, Part.unmade(kind), in, List.of());
    List<Spot> ends = List.of(of(trail, step, 0));
    Map<Step, String> names = Naming.of(trail.recipe().name(), Step.needed(ends));
    String path = names.getOrDefault(step, kind);
    return "model " + trail.recipe().name() + " › " + path.replace(".", " › ");
  }

  /** The shape of one sample. */
  Shape sample() {
    Shape shape = type().shape();
    return shape.sub(1, shape.rank());
  }
}
