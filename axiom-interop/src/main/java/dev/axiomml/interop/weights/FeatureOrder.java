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

  /** Axes that a network in PyTorch may have in either order where it stands. */
  record Either(String node) implements FeatureOrder {}

  /** An image made of learned features: PyTorch would have made it channels first. */
  record Unflattened(String node) implements FeatureOrder {}

  /**
   * Features whose order is unknown.
   *
   * @param node where that began
   * @param why what happened there
   */
  record Lost(String node, String why) implements FeatureOrder {}
}
