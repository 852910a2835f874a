package dev.axiomml.dsl;

import java.util.Optional;

/** Where new steps go: the model and the part of it. */
record Trail(Recipe recipe, Optional<Scope> scope) {
  Trail below(String kind, Optional<String> own) {
    return new Trail(recipe, Optional.of(new Scope(scope, kind, own)));
  }
}
