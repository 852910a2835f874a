package dev.axiomml.dsl;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.dsl.recipe.LayerPosition;

/**
 * A flow whose kind the compiler does not know, as after another model: say what it is.
 *
 * <pre>{@code
 * AnyFlow y = Axiom.model("mine").input(image(224, 224, 3)).then(Zoo.resnet50().features());
 * VectorFlow z = y.asImage().globalAveragePool().dense(10);
 * }</pre>
 */
public final class AnyFlow extends RealFlow<AnyFlow> {
  AnyFlow(LayerPosition spot) {
    super(spot);
  }

  @Override
  public AnyFlow self() {
    return this;
  }

  @Override
  AnyFlow at(LayerPosition other) {
    return new AnyFlow(other);
  }

  /** As vectors. @throws ShapeException unless a sample has one axis */
  public VectorFlow asVector() {
    return new VectorFlow(ofRank(1, "asVector()"));
  }

  /** As images. @throws ShapeException unless a sample has three axes */
  public ImageFlow asImage() {
    return new ImageFlow(ofRank(3, "asImage()"));
  }

  /** As sequences. @throws ShapeException unless a sample has two axes */
  public SequenceFlow asSequence() {
    return new SequenceFlow(ofRank(2, "asSequence()"));
  }

  /** As volumes. @throws ShapeException unless a sample has four axes */
  public VolumeFlow asVolume() {
    return new VolumeFlow(ofRank(4, "asVolume()"));
  }

  private LayerPosition ofRank(int rank, String word) {
    if (shape().rank() != rank) {
      throw new ShapeException(
          new Diagnosis(
              word + " of " + shape(),
              spot().place(word.substring(0, word.length() - 2), java.util.List.of(spot())),
              "a sample must have " + rank + " axes, it has " + shape().rank(),
              "write " + FlowNarrowing.word(shape().rank())));
    }
    return spot();
  }
}
