package dev.axiomml.dsl;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.Property;
import dev.axiomml.core.property.Theorem;

/**
 * A model waiting for what is to be checked; each word answers a model.
 *
 * <pre>{@code
 * Model<?> safe = Axiom.guard(anyModel).ensure(noNaN());
 * }</pre>
 *
 * @param <O> what the model's output is
 * @param model the model as it is
 */
public record ModelGuard<O extends Output>(Model<O> model) {
  /** The model with a property checked on every prediction. */
  public Model<O> ensure(Property<? super O> property) {
    return model.ensure(property);
  }

  /** The model with a property in its text form checked on every prediction. */
  public Model<O> ensure(String property) {
    return model.ensure(property);
  }

  /** The model with a theorem, to be discharged by {@code verify()}. */
  public Model<O> prove(Theorem<? super O> theorem) {
    return model.prove(theorem);
  }

  /** The model with a theorem in its text form. */
  public Model<O> prove(String theorem) {
    return model.prove(theorem);
  }
}
