package dev.axiomml.dsl;

import dev.axiomml.dsl.part.LinearParts;
import java.util.OptionalInt;

/**
 * A flow whose last axis holds features, so that a dense layer can follow: vectors and sequences.
 *
 * @param <F> the kind of flow
 */
public sealed interface FeatureFlow<F extends RealFlow<F>> permits VectorFlow, SequenceFlow {
  /** This flow as its own kind. */
  F self();

  /** A linear layer with bias; the input width is inferred. */
  default F dense(int outputs) {
    return self().apply("dense", LinearParts.dense(OptionalInt.empty(), outputs, true));
  }

  /**
   * A linear layer that states its input width.
   *
   * @throws dev.axiomml.core.error.ShapeException when the flow has another one
   */
  default F dense(int inputs, int outputs) {
    return self().apply("dense", LinearParts.dense(OptionalInt.of(inputs), outputs, true));
  }

  /** A linear layer with bias, then an activation. */
  default F dense(int outputs, Activation activation) {
    return dense(outputs).activation(activation);
  }

  /** A linear layer that states its input width, then an activation. */
  default F dense(int inputs, int outputs, Activation activation) {
    return dense(inputs, outputs).activation(activation);
  }

  /** A linear layer without bias. */
  default F denseWithoutBias(int outputs) {
    return self().apply("dense", LinearParts.dense(OptionalInt.empty(), outputs, false));
  }
}
