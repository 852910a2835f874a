package dev.axiomml.core.property;

import dev.axiomml.core.tensor.Tensor;

/** The inputs that a theorem speaks of; always float32 inputs. */
public sealed interface Region {
  /** The declared domain of the model's inputs, else all finite float32 inputs. */
  record Declared() implements Region {}

  /** All finite float32 inputs. */
  record Everything() implements Region {}

  /** Every element of every input in one interval, ends included. */
  record Range(double low, double high) implements Region {
    /** Refuses NaN and an empty interval. */
    public Range {
      if (!(low <= high)) {
        throw new IllegalArgumentException(
            "an interval needs low ≤ high, got [" + low + ", " + high + "]");
      }
    }
  }

  /**
   * Element by element an interval of its own, ends included.
   *
   * @param low one sample, with batch axis
   * @param high likewise
   */
  record Box(Tensor low, Tensor high) implements Region {}

  /**
   * A ball around one input.
   *
   * @param center one sample, with batch axis
   * @param radius ≥ 0, in input units
   */
  record Ball(Norm norm, Tensor center, double radius) implements Region {
    /** Refuses a negative or NaN radius. */
    public Ball {
      if (!(radius >= 0)) {
        throw new IllegalArgumentException("a radius is at least 0, got " + radius);
      }
    }
  }

  /** How distance is measured. */
  enum Norm {
    /** Largest difference. */
    LINF,
    /** Root of the sum of squares. */
    L2,
    /** Sum of differences. */
    L1
  }
}
