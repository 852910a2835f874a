package dev.axiomml.dsl;

/**
 * A flow of sequences, (time, features): dense layers work on each step, convolutions along time.
 */
public final class SequenceFlow extends SpatialFlow<SequenceFlow>
    implements Features<SequenceFlow> {
  SequenceFlow(Spot spot) {
    super(spot);
  }

  @Override
  public SequenceFlow self() {
    return this;
  }

  @Override
  SequenceFlow at(Spot other) {
    return new SequenceFlow(other);
  }
}
