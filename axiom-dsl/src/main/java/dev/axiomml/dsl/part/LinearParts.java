package dev.axiomml.dsl.part;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.dsl.recipe.OperatorPart;
import dev.axiomml.dsl.recipe.WeightDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** Linear layers as parts; the width is known once the input is. */
public final class LinearParts {
  private LinearParts() {}

  /** A dense layer on whatever comes. */
  public static Function<Type, OperatorPart> dense(
      OptionalInt stated, int outputs, boolean biased) {
    return in -> {
      if (outputs < 1) {
        throw new IllegalArgumentException("a dense layer has at least 1 output, got " + outputs);
      }
      int inputs = stated.orElseGet(() -> in.shape().size(-1));
      List<WeightDraft> weights = weights("", inputs, outputs, biased);
      return new OperatorPart(
          "dense", weights, types -> List.of(out(types.get(0), inputs, outputs)), new Dense());
    };
  }

  /** Weight (in, out), which PyTorch holds as (out, in), and bias, with PyTorch's first values. */
  static List<WeightDraft> weights(String prefix, int inputs, int outputs, boolean biased) {
    WeightDraft.Uniform start = new WeightDraft.Uniform(1 / Math.sqrt(Math.max(1, inputs)));
    List<WeightDraft> weights = new ArrayList<>();
    weights.add(
        new WeightDraft(prefix + "weight", Shape.of(inputs, outputs), List.of(1, 0), start));
    if (biased) {
      weights.add(WeightDraft.of(prefix + "bias", Shape.of(outputs), start));
    }
    return weights;
  }

  static Type out(Type in, int inputs, int outputs) {
    if (!in.shape().dim(-1).matches(Dim.of(inputs))) {
      throw new ShapeException(
          new Diagnosis(
              "dense(" + inputs + ", " + outputs + ") on " + in.shape(),
              "",
              "the last axis of the input must be the stated width",
              "write dense("
                  + in.shape().dim(-1)
                  + ", "
                  + outputs
                  + "), or dense("
                  + outputs
                  + "), which takes the width it finds"));
    }
    return Type.of(in.shape().with(-1, Dim.of(outputs)), in.dtype());
  }
}
