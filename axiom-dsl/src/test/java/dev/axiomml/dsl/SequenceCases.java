package dev.axiomml.dsl;

import dev.axiomml.core.op.Permute;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** How the cases of attention and transformers are driven. */
final class SequenceCases {
  static final Map<String, Function<Case, Tensor>> RULES =
      Map.ofEntries(
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
    Attention attention = new Attention(c.integer("num_heads", 1), causal, c.flag("bias", true));
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

  private static Encoder settings(Case c) {
    Activation middle = c.text("activation", "relu").equals("gelu") ? Dsl.GELU : Dsl.RELU;
    Encoder plain =
        Encoder.of(c.integer("nhead", 1), c.integer("dim_feedforward", 2048)).activation(middle);
    Encoder ordered = c.flag("norm_first", false) ? plain.normFirst() : plain;
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
    Attention attention = new Attention(1, c.flag("is_causal", false), false);
    return Drive.plain(
        c,
        in -> {
          Spot keys = in.get(1).spot().op("permute", Permute.of(0, 1, 3, 2));
          return new AnyFlow(attention.mixed(in.get(0).spot(), keys, in.get(2).spot()));
        });
  }
}
