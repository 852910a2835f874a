package dev.axiomml.interop.weights;

import dev.axiomml.core.tensor.Shape;

/** The order in which a value's elements lie, compared with PyTorch's. */
sealed interface FeatureOrder {
  /** As in PyTorch. */
  record Same() implements FeatureOrder {}

  /** An image, channels last, where PyTorch has them first. */
  record Image() implements FeatureOrder {}

  /** An image that was flattened: (batch, height · width · channels). */
  record Flat(Shape image) implements FeatureOrder {}

  /** A flattened image that was cut or mixed, so that no order can be told. */
  record Lost(String node) implements FeatureOrder {}
}
