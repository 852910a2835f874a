package dev.axiomml.dsl;

import java.util.Optional;

/** Where new steps go: the model and the part of it. */
record StepTrail(NetworkRecipe recipe, Optional<NamingScope> scope) {
  StepTrail below(String kind, Optional<String> own) {
    return new StepTrail(recipe, Optional.of(new NamingScope(scope, kind, own)));
  }
}
