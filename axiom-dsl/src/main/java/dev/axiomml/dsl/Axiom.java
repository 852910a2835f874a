package dev.axiomml.dsl;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;

/**
 * Where a model starts to be written.
 *
 * <pre>{@code
 * Model<Probabilities> digits = Axiom.model("digits")
 *     .input(image(28, 28, 1))
 *     .conv(32, 3).relu().maxPool(2)
 *     .flatten()
 *     .dense(10).softmax()
 *     .output(probabilities(10))
 *     .ensure(validProbabilities())
 *     .build();
 * }</pre>
 */
public final class Axiom {
  private Axiom() {}

  /** A new model of a name; its weights start from seed 0. */
  public static ModelOutline model(String name) {
    return new ModelOutline(name, 0);
  }

  /**
   * Any model, about to be guarded: {@code Axiom.guard(model).ensure(noNaN())} is the model with
   * every prediction checked.
   */
  public static <O extends Output> ModelGuard<O> guard(Model<O> model) {
    return new ModelGuard<>(model);
  }
}
