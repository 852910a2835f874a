package dev.axiomml.verify.smt;

import java.util.List;
import java.util.Optional;

/**
 * A value as numbers, or why it is none.
 *
 * @param elements row-major; empty where there is a gap
 * @param gap why it cannot be written with straight pieces
 * @param scores for a softmax along the last axis, what it was made of: their order is its order
 */
record Encoded(List<Real> elements, Optional<String> gap, List<Real> scores) {
  static Encoded of(List<Real> elements) {
    return new Encoded(List.copyOf(elements), Optional.empty(), List.of());
  }

  static Encoded gap(String why, List<Real> scores) {
    return new Encoded(List.of(), Optional.of(why), scores);
  }
}
