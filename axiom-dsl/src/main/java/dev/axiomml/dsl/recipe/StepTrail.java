package dev.axiomml.dsl.recipe;

import java.util.Optional;

/** Where new steps go: the model and the part of it. */
public record StepTrail(NetworkRecipe recipe, Optional<NamingScope> scope) {
  public StepTrail below(String kind, Optional<String> own) {
    return new StepTrail(recipe, Optional.of(new NamingScope(scope, kind, own)));
  }
}
