package dev.axiomml.dsl;

import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.dsl.part.MultiheadAttention;
import dev.axiomml.dsl.part.RecurrentParts;
import dev.axiomml.dsl.recipe.LayerPosition;
import dev.axiomml.dsl.setting.RecurrentSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** How the cases of attention and transformers are driven. */
final class SequenceCases {
  static final Map<String, Function<Case, Tensor>> RULES =
      Map.ofEntries(
          Map.entry("Embedding", SequenceCases::embedding),
          Map.entry("LSTM", SequenceCases::recurrent),
          Map.entry("GRU", SequenceCases::recurrent),
          Map.entry("RNN", SequenceCases::recurrent),
          Map.entry("MultiheadAttention", SequenceCases::attention),
          Map.entry("TransformerEncoderLayer", SequenceCases::encoder),
          Map.entry("TransformerDecoderLayer", SequenceCases::decoder),
          Map.entry("nn.functional.scaled_dot_product_attention", SequenceCases::product));

  private SequenceCases() {}

  static SequenceFlow sequence(RealFlow<?> x) {
    return (SequenceFlow) x;
  }

  private static Tensor attention(Case c) {
    boolean causal = c.called("attn_mask").isPresent();
    MultiheadAttention attention =
        new MultiheadAttention(c.integer("num_heads", 1), causal, c.flag("bias", true), 0);
    boolean self = c.input(0).equals(c.input(1)) && c.input(1).equals(c.input(2));
    boolean batchFirst = c.flag("batch_first", false);
    List<Tensor> inputs =
        IntStream.range(0, self ? 1 : 3)
            .mapToObj(c::input)
            .map(x -> batchFirst ? x : x.permute(1, 0, 2))
            .toList();
    Tensor y =
        Drive.run(
            c,
            inputs,
            in ->
                sequence(in.get(0))
                    .attended(
                        x ->
                            self
                                ? attention.self(x)
                                : attention.on(x, in.get(1).spot(), in.get(2).spot())));
    return batchFirst ? y : y.permute(1, 0, 2);
  }

  private static TransformerSettings settings(Case c) {
    Activation middle = c.text("activation", "relu").equals("gelu") ? Dsl.GELU : Dsl.RELU;
    TransformerSettings plain =
        TransformerSettings.of(c.integer("nhead", 1), c.integer("dim_feedforward", 2048))
            .activation(middle);
    TransformerSettings ordered = c.flag("norm_first", false) ? plain.normFirst() : plain;
    return c.flag("bias", true) ? ordered : ordered.withoutBias();
  }

  private static Tensor encoder(Case c) {
    return Drive.plain(c, in -> sequence(in.get(0)).transformerEncoder(settings(c)));
  }

  private static Tensor decoder(Case c) {
    return Drive.plain(
        c, in -> sequence(in.get(0)).transformerDecoder(settings(c), sequence(in.get(1))));
  }

  /** Four axes: the product inside of an attention. */
  private static Tensor product(Case c) {
    MultiheadAttention attention = MultiheadAttention.of(1, c.flag("is_causal", false));
    return Drive.plain(
        c,
        in -> {
          LayerPosition keys = in.get(1).spot().op("permute", Permute.of(0, 1, 3, 2));
          return new AnyFlow(attention.mixed(in.get(0).spot(), keys, in.get(2).spot()));
        });
  }

  private static Tensor embedding(Case c) {
    Tensor tokens = c.input(0);
    Flow<?> end =
        Axiom.model(c.name())
            .input(Dsl.tokens(tokens.shape().size(1)))
            .embedding(c.integer("num_embeddings", 0), c.integer("embedding_dim", 0));
    return Drive.weighted(end, c.params()).predict(tokens);
  }

  private static RecurrentSettings cell(Case c) {
    int hidden = c.integer("hidden_size", 0);
    RecurrentSettings plain =
        switch (c.layer()) {
          case "LSTM" -> RecurrentSettings.lstm(hidden);
          case "GRU" -> RecurrentSettings.gru(hidden);
          default ->
              c.text("nonlinearity", "tanh").equals("tanh")
                  ? RecurrentSettings.rnn(hidden)
                  : RecurrentSettings.rnnRelu(hidden);
        };
    RecurrentSettings deep = plain.layers(c.integer("num_layers", 1));
    RecurrentSettings wide = c.flag("bidirectional", false) ? deep.bothWays() : deep;
    return c.flag("bias", true) ? wide : wide.withoutBias();
  }

  /** A first state has no word; it is given to the operator by hand. */
  private static Tensor recurrent(Case c) {
    boolean batchFirst = c.flag("batch_first", false);
    Tensor x = batchFirst ? c.input(0) : c.input(0).permute(1, 0, 2);
    List<Tensor> inputs = c.inputs() == 1 ? List.of(x) : List.of(x, state(c.input(1)));
    Tensor y = Drive.run(c, inputs, in -> recurrent(c, in));
    return batchFirst ? y : y.permute(1, 0, 2);
  }

  private static Tensor state(Tensor h) {
    return h.reshape(h.shape().sub(1, 3));
  }

  private static Flow<?> recurrent(Case c, List<RealFlow<?>> in) {
    SequenceFlow x = sequence(in.get(0));
    return in.size() == 1
        ? x.recurrent(cell(c))
        : x.scope("cell", y -> y.at(new RecurrentParts(cell(c)).on(y.spot(), in.get(1).spot())));
  }
}
