package dev.axiomml.dsl;

import java.util.Optional;

/** A part of a model under which names are put; equal to itself only. */
final class Scope {
  private final Optional<Scope> parent;
  private final String kind;
  private final Optional<String> own;

  Scope(Optional<Scope> parent, String kind, Optional<String> own) {
    this.parent = parent;
    this.kind = kind;
    this.own = own;
  }

  Optional<Scope> parent() {
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
