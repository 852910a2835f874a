package dev.axiomml.dsl.recipe;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives each step of a recipe its dotted path: a name of its own where it has one, else its kind
 * and a number, counted in the order of writing.
 */
public final class ParameterNaming {
  private final String model;
  private final Map<Object, RecipeStep.Label> labels = new IdentityHashMap<>();
  private final Map<NamingScope, String> scopes = new IdentityHashMap<>();
  private final Map<String, Integer> counters = new HashMap<>();
  private final Set<String> explicit = new HashSet<>();
  private final Set<String> once = new HashSet<>();
  private final Map<RecipeStep, String> paths = new IdentityHashMap<>();

  private ParameterNaming(String model) {
    this.model = model;
  }

  /** Paths of all steps but labels; an inlined model without a name has the path of its scope. */
  public static Map<RecipeStep, String> of(String model, List<RecipeStep> steps) {
    ParameterNaming naming = new ParameterNaming(model);
    steps.forEach(naming::collect);
    steps.forEach(naming::name);
    return naming.paths;
  }

  private void collect(RecipeStep step) {
    if (step.content() instanceof RecipeStep.Label label) {
      LayerPosition target = step.in().get(0);
      while (target.unit().isEmpty() && target.step().content() instanceof RecipeStep.Label) {
        target = target.step().in().get(0);
      }
      Object named = target.unit().isPresent() ? target.unit().get() : target.step();
      labels.put(named, label);
      explicit.add(label.name());
    }
    if (step.content() instanceof RecipeStep.Given input) {
      input.own().ifPresent(explicit::add);
    }
  }

  private void name(RecipeStep step) {
    if (step.content() instanceof RecipeStep.Label) {
      return;
    }
    String prefix = step.scope().map(this::path).orElse("");
    Optional<RecipeStep.Label> label = Optional.ofNullable(labels.get(step));
    Optional<String> own =
        step.content() instanceof RecipeStep.Given input
            ? input.own()
            : label.map(RecipeStep.Label::name);
    if (own.isPresent()) {
      String path = joined(prefix, own.get());
      if (!once.add(path) && !label.map(RecipeStep.Label::shared).orElse(false)) {
        throw twice(path);
      }
      paths.put(step, path);
    } else if (step.content() instanceof RecipeStep.Inlined) {
      paths.put(step, prefix);
    } else {
      String path = numbered(prefix, step.content().kind());
      paths.put(step, path.equals("input1") ? "input" : path);
    }
  }

  private String path(NamingScope scope) {
    String known = scopes.get(scope);
    if (known != null) {
      return known;
    }
    String prefix = scope.parent().map(this::path).orElse("");
    Optional<String> own =
        Optional.ofNullable(labels.get(scope)).map(RecipeStep.Label::name).or(scope::own);
    String path =
        own.map(name -> joined(prefix, name)).orElseGet(() -> numbered(prefix, scope.kind()));
    scopes.put(scope, path);
    return path;
  }

  private String numbered(String prefix, String kind) {
    String name;
    do {
      name = kind + counters.merge(prefix + "/" + kind, 1, Integer::sum);
    } while (explicit.contains(name));
    return joined(prefix, name);
  }

  private static String joined(String prefix, String name) {
    return prefix.isEmpty() ? name : prefix + "." + name;
  }

  private ModelException twice(String path) {
    return new ModelException(
        new Diagnosis(
            "two layers are called " + path,
            "model " + model + " › " + path.replace(".", " › "),
            "a name stands for one layer and its weights",
            "name them differently, or share one layer with x.shared(\"" + path + "\", …)"));
  }
}
