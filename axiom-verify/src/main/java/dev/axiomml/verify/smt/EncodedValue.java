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
record EncodedValue(List<SmtReal> elements, Optional<String> gap, List<SmtReal> scores) {
  static EncodedValue of(List<SmtReal> elements) {
    return new EncodedValue(List.copyOf(elements), Optional.empty(), List.of());
  }

  static EncodedValue gap(String why, List<SmtReal> scores) {
    return new EncodedValue(List.of(), Optional.of(why), scores);
  }
}
