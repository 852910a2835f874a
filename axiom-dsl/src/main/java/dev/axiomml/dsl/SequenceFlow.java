package dev.axiomml.dsl;

import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.dsl.part.MultiheadAttention;
import dev.axiomml.dsl.part.RecurrentParts;
import dev.axiomml.dsl.part.VisionParts;
import dev.axiomml.dsl.recipe.LayerPosition;
import dev.axiomml.dsl.setting.RecurrentSettings;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A flow of sequences, (time, features): dense layers work on each step, convolutions along time.
 *
 * <pre>{@code
 * SequenceFlow x = Axiom.model("ear").input(sequence(50, 16));
 * VectorFlow y = x.conv(32, 3, same()).gelu().lstm(64).last().dense(2);
 * }</pre>
 */
public final class SequenceFlow extends SpatialFlow<SequenceFlow>
    implements FeatureFlow<SequenceFlow> {
  SequenceFlow(LayerPosition spot) {
    super(spot);
  }

  @Override
  public SequenceFlow self() {
    return this;
  }

  @Override
  SequenceFlow at(LayerPosition other) {
    return new SequenceFlow(other);
  }

  /** Multi-head attention of the steps to each other. */
  public SequenceFlow selfAttention(int heads) {
    return self(MultiheadAttention.of(heads, false));
  }

  /** Multi-head attention of each step to itself and the steps before it. */
  public SequenceFlow causalAttention(int heads) {
    return self(MultiheadAttention.of(heads, true));
  }

  /** Multi-head attention of the steps to those of another sequence of the same width. */
  public SequenceFlow attention(int heads, SequenceFlow memory) {
    return attention(heads, memory, memory);
  }

  /** Multi-head attention of the steps to keys, gathering values; all of the same width. */
  public SequenceFlow attention(int heads, SequenceFlow keys, SequenceFlow values) {
    MultiheadAttention attention = MultiheadAttention.of(heads, false);
    attention.features(spot());
    return attended(x -> attention.on(x, keys.spot(), values.spot()));
  }

  private SequenceFlow self(MultiheadAttention attention) {
    attention.features(spot());
    return attended(attention::self);
  }

  SequenceFlow attended(UnaryOperator<LayerPosition> attention) {
    return composite("attention", Optional.empty(), x -> x.at(attention.apply(x.spot())));
  }

  /** A transformer layer: attention of the steps to each other, then two dense layers. */
  public SequenceFlow transformerEncoder(int heads, int hidden) {
    return transformerEncoder(TransformerSettings.of(heads, hidden));
  }

  /** A transformer layer with other settings. */
  public SequenceFlow transformerEncoder(TransformerSettings settings) {
    return composite("encoder", Optional.empty(), new TransformerParts(settings)::encode);
  }

  /** A transformer layer that also attends to another sequence; no step is hidden from another. */
  public SequenceFlow transformerDecoder(TransformerSettings settings, SequenceFlow memory) {
    return composite(
        "decoder", Optional.empty(), x -> new TransformerParts(settings).decode(x, memory));
  }

  /** One layer of long short-term memory; the states of all steps. */
  public SequenceFlow lstm(int hidden) {
    return recurrent(RecurrentSettings.lstm(hidden));
  }

  /** One layer of gated recurrent units; the states of all steps. */
  public SequenceFlow gru(int hidden) {
    return recurrent(RecurrentSettings.gru(hidden));
  }

  /** One plain recurrent layer with tanh; the states of all steps. */
  public SequenceFlow rnn(int hidden) {
    return recurrent(RecurrentSettings.rnn(hidden));
  }

  /** Recurrent layers with other settings; the last layer's states of all steps. */
  public SequenceFlow recurrent(RecurrentSettings settings) {
    RecurrentParts layers = new RecurrentParts(settings);
    return composite(layers.kind(), Optional.empty(), x -> x.at(layers.on(x.spot())));
  }

  /**
   * A learned step in front of the others, whose weight {@code class_token} starts at zero; {@link
   * #first} takes what becomes of it.
   */
  public SequenceFlow classToken() {
    return at(VisionParts.behindToken(spot()));
  }

  /** A learned number added to each feature of each step: the weight {@code pos_embedding}. */
  public SequenceFlow learnedPositions() {
    return apply("positions", VisionParts::positions);
  }

  /** The first step, e.g. a class token. */
  public VectorFlow first() {
    return step(Dim.ZERO);
  }

  /** The last step. */
  public VectorFlow last() {
    return step(type().shape().dim(1).plus(-1));
  }

  private VectorFlow step(Dim position) {
    Shape shape = type().shape();
    LayerPosition step = spot().op("slice", new Slice(1, position, Dim.ONE, 1));
    return new VectorFlow(step.op("reshape", new Reshape(Shape.of(shape.dim(0), shape.dim(2)))));
  }
}
