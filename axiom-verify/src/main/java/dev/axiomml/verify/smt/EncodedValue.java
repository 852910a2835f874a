package dev.axiomml.verify.smt;

import dev.axiomml.core.tensor.Tensor;
import java.math.BigDecimal;
import java.util.AbstractList;
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
    return new EncodedValue(elements, Optional.empty(), List.of());
  }

  /** A known tensor of finite numbers; an element becomes a number where it is asked for. */
  static EncodedValue known(Tensor tensor) {
    return of(new KnownElements(tensor));
  }

  /** Whether every element is a known number. */
  boolean isKnown() {
    return elements instanceof KnownElements;
  }

  /** An element of a known value. */
  BigDecimal number(int index) {
    return ((SmtReal.Exactly) elements.get(index)).value();
  }

  static EncodedValue gap(String why, List<SmtReal> scores) {
    return new EncodedValue(List.of(), Optional.of(why), scores);
  }

  private static final class KnownElements extends AbstractList<SmtReal> {
    private final Tensor tensor;

    KnownElements(Tensor tensor) {
      this.tensor = tensor;
    }

    @Override
    public SmtReal get(int index) {
      return new SmtReal.Exactly(new BigDecimal(tensor.doubleAt(index)));
    }

    @Override
    public int size() {
      return tensor.size();
    }
  }
}
