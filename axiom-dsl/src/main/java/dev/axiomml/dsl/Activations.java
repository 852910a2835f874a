package dev.axiomml.dsl;

import dev.axiomml.core.op.Relu;
import dev.axiomml.core.op.Sigmoid;
import dev.axiomml.core.property.Claims;

/** The words for activations; {@code Dsl} has them all. */
public class Activations extends Claims {
  /** Rectifier: the larger of {@code x} and zero. */
  public static final Activation RELU = new Activation("relu", new Relu());

  /** Logistic function, into (0, 1). */
  public static final Activation SIGMOID = new Activation("sigmoid", new Sigmoid());

  /** For {@code Dsl}. */
  protected Activations() {}
}
