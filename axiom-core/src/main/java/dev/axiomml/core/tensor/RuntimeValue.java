package dev.axiomml.core.tensor;

import java.util.List;
import java.util.Optional;

/** What flows through a running graph: a tensor, a sequence of values, or an optional value. */
public sealed interface RuntimeValue permits Tensor, RuntimeValue.Sequence, RuntimeValue.Maybe {
  /** The tensor. @throws IllegalStateException when this is a sequence or an optional */
  default Tensor tensor() {
    throw new IllegalStateException("a tensor was expected, got " + this);
  }

  /** Any number of values. */
  record Sequence(List<RuntimeValue> elements) implements RuntimeValue {
    /** Copies the list. */
    public Sequence {
      elements = List.copyOf(elements);
    }
  }

  /** A value or nothing. */
  record Maybe(Optional<RuntimeValue> value) implements RuntimeValue {}
}
