package dev.axiomml.dsl.recipe;

import java.util.Optional;

/** A part of a model under which names are put; equal to itself only. */
final class NamingScope {
  private final Optional<NamingScope> parent;
  private final String kind;
  private final Optional<String> own;

  NamingScope(Optional<NamingScope> parent, String kind, Optional<String> own) {
    this.parent = parent;
    this.kind = kind;
    this.own = own;
  }

  Optional<NamingScope> parent() {
    return parent;
  }

  /** What it is numbered as where it has no name of its own. */
  String kind() {
    return kind;
  }

  Optional<String> own() {
    return own;
  }
}
