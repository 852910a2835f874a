package dev.axiomml.verify.smt;

import java.math.BigDecimal;
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

  /** Whether every element is a known number. */
  boolean isKnown() {
    return gap.isEmpty() && elements.stream().allMatch(e -> e instanceof SmtReal.Exactly);
  }

  /** An element of a known value. */
  BigDecimal number(int index) {
    return ((SmtReal.Exactly) elements.get(index)).value();
  }

  static EncodedValue gap(String why, List<SmtReal> scores) {
    return new EncodedValue(List.of(), Optional.of(why), scores);
  }
}
