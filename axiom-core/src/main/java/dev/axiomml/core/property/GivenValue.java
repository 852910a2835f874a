package dev.axiomml.core.property;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.PropertyException;
import dev.axiomml.core.tensor.Tensor;
import java.math.BigDecimal;

/** What an input of a claim is fixed to. */
public sealed interface GivenValue {
  /** One number for every element; it becomes one of the input's element type. */
  record Uniform(BigDecimal value) implements GivenValue {
    /** Drops zeros behind the last digit: 16000.0 is 16000. */
    public Uniform {
      value = value.stripTrailingZeros();
    }

    /**
     * A number of a program, exactly. @throws PropertyException for NaN and infinity, which have no
     * digits
     */
    public static Uniform of(double value) {
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        throw new PropertyException(
            new Diagnosis(
                "an input given as " + value,
                "given(name, number)",
                "a given number has digits, and is the same for every element",
                "write a finite number, or give a tensor"));
      }
      return new Uniform(new BigDecimal(String.valueOf(value)));
    }
  }

  /**
   * An array of the input's element type and shape; along a batch it has one row.
   *
   * @param tensor the numbers
   * @param file the file that they were read from, as it was typed; empty for those of a program
   */
  record Array(Tensor tensor, String file) implements GivenValue {
    /** One of a program. */
    public Array(Tensor tensor) {
      this(tensor, "");
    }
  }
}
