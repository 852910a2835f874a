package dev.axiomml.dsl;

import dev.axiomml.core.op.Reshape;
import dev.axiomml.core.op.Slice;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.Optional;

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

  /** Multi-head attention of the steps to each other. */
  public SequenceFlow selfAttention(int heads) {
    return attended(new Attention(heads, false, true), Optional.empty());
  }

  /** Multi-head attention of each step to itself and the steps before it. */
  public SequenceFlow causalAttention(int heads) {
    return attended(new Attention(heads, true, true), Optional.empty());
  }

  /** Multi-head attention of the steps to those of another sequence of the same width. */
  public SequenceFlow attention(int heads, SequenceFlow memory) {
    return attended(new Attention(heads, false, true), Optional.of(memory));
  }

  SequenceFlow attended(Attention attention, Optional<SequenceFlow> memory) {
    return composite(
        "attention",
        Optional.empty(),
        x -> x.at(attention.on(x.spot(), memory.map(Flow::spot).orElse(x.spot()))));
  }

  /** The last step. */
  public VectorFlow last() {
    Shape shape = type().shape();
    Spot step = spot().op("slice", new Slice(1, shape.dim(1).plus(-1), Dim.ONE, 1));
    return new VectorFlow(step.op("reshape", new Reshape(Shape.of(shape.dim(0), shape.dim(2)))));
  }
}
