package dev.axiomml.dsl;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.dsl.part.MoveParts;
import dev.axiomml.dsl.recipe.LayerPosition;

/**
 * A flow of feature vectors.
 *
 * <pre>{@code
 * VectorFlow x = Axiom.model("mlp").input(vector(4));
 * VectorFlow y = x.dense(16, TANH).dropout(0.1).dense(3).softmax();
 * }</pre>
 */
public final class VectorFlow extends RealFlow<VectorFlow> implements FeatureFlow<VectorFlow> {
  VectorFlow(LayerPosition spot) {
    super(spot);
  }

  @Override
  public VectorFlow self() {
    return this;
  }

  @Override
  VectorFlow at(LayerPosition other) {
    return new VectorFlow(other);
  }

  /** The features as an image, channels last. */
  public ImageFlow asImage(int height, int width, int channels) {
    return new ImageFlow(
        spot().add("reshape", in -> MoveParts.reshape(in, Shape.of(height, width, channels))));
  }

  /** The features as a sequence. */
  public SequenceFlow asSequence(int time, int features) {
    return new SequenceFlow(
        spot().add("reshape", in -> MoveParts.reshape(in, Shape.of(time, features))));
  }
}
