package dev.axiomml.verify.junit;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;

/**
 * Where assertions about models start, to be imported statically.
 *
 * <pre>{@code
 * assertThat(model).within(Duration.ofSeconds(10)).proves(validProbabilities());
 * assertThat(model).isRobust(x0, linf(0.03));
 * }</pre>
 */
public final class ModelAssertions {
  private ModelAssertions() {}

  /** Assertions about a model, with ten seconds for each proof. */
  public static <O extends Output> ModelAssert<O> assertThat(Model<O> model) {
    return new ModelAssert<>(model);
  }
}
