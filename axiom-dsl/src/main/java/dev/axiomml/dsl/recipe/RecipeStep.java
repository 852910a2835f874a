package dev.axiomml.dsl.recipe;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Port;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One step of a recipe; immutable, equal to itself only. */
public final class RecipeStep {
  /** What a step does. */
  sealed interface Content permits Given, OperatorPart, Inlined, Label, Fixed {
    /** What it is numbered as where it has no name of its own. */
    String kind();
  }

  /** An input of the model, with a name of its own where it has one. */
  public record Given(Port port, Optional<String> own) implements Content {
    @Override
    public String kind() {
      return "input";
    }
  }

  /** Another model in its place. */
  record Inlined(Model<?> model) implements Content {
    @Override
    public String kind() {
      return "model";
    }
  }

  /** No computation: a name for the step or scope before it. */
  public record Label(String name, boolean shared) implements Content {
    @Override
    public String kind() {
      return "label";
    }
  }

  /** A constant. */
  record Fixed(Tensor tensor) implements Content {
    @Override
    public String kind() {
      return "constant";
    }
  }

  private final int id;
  private final Optional<NamingScope> scope;
  private final Content content;
  private final List<LayerPosition> in;
  private final List<Type> out;

  RecipeStep(StepTrail trail, Content content, List<LayerPosition> in, List<Type> out) {
    this.id = trail.recipe().next();
    this.scope = trail.scope();
    this.content = content;
    this.in = List.copyOf(in);
    this.out = List.copyOf(out);
  }

  Optional<NamingScope> scope() {
    return scope;
  }

  public Content content() {
    return content;
  }

  public List<LayerPosition> in() {
    return in;
  }

  List<Type> out() {
    return out;
  }

  /** All steps that some positions need, in the order they were written. */
  public static List<RecipeStep> needed(List<LayerPosition> ends) {
    Set<RecipeStep> seen = new HashSet<>();
    Deque<RecipeStep> open = new ArrayDeque<>();
    ends.forEach(spot -> open.push(spot.step()));
    while (!open.isEmpty()) {
      RecipeStep step = open.pop();
      if (seen.add(step)) {
        step.in.forEach(spot -> open.push(spot.step()));
      }
    }
    List<RecipeStep> sorted = new ArrayList<>(seen);
    sorted.sort(Comparator.comparingInt(step -> step.id));
    return sorted;
  }
}
