package dev.axiomml.dsl;

import dev.axiomml.dsl.recipe.NetworkRecipe;
import dev.axiomml.dsl.recipe.StepTrail;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A model of which only the name is known; give it its inputs.
 *
 * <p>Each call of {@code input} adds one more input to the same model, in the order of the calls.
 *
 * <pre>{@code
 * ModelOutline two = Axiom.model("two").seed(7);
 * VectorFlow joined = two.input("left", vector(3)).concat(two.input("right", vector(4)));
 * }</pre>
 */
public final class ModelOutline {
  private final StepTrail trail;

  ModelOutline(String name, long seed) {
    this.trail = new StepTrail(new NetworkRecipe(name, seed), Optional.empty());
  }

  /** A new model of the same name whose first weights are drawn from another seed. */
  public ModelOutline seed(long seed) {
    return new ModelOutline(trail.recipe().name(), seed);
  }

  /** The flow that starts at an input. */
  public <F extends Flow<F>> F input(ModelInput<F> input) {
    return input.flow(trail);
  }

  /** The flow that starts at an input of a name. */
  public <F extends Flow<F>> F input(String name, ModelInput<F> input) {
    return input(input.named(name));
  }

  /** What a function makes of two inputs. */
  public <A extends Flow<A>, B extends Flow<B>, R> R inputs(
      ModelInput<A> first, ModelInput<B> second, BiFunction<A, B, R> body) {
    A a = input(first);
    return body.apply(a, input(second));
  }
}
