package dev.axiomml.dsl;

import dev.axiomml.dsl.part.LinearParts;
import dev.axiomml.dsl.part.MultiheadAttention;
import dev.axiomml.dsl.part.NormParts;
import dev.axiomml.dsl.recipe.LayerPosition;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** Transformer layers put together, with PyTorch's names. */
final class TransformerParts {
  private final TransformerSettings settings;

  TransformerParts(TransformerSettings settings) {
    this.settings = settings;
  }

  SequenceFlow encode(SequenceFlow x) {
    return part(part(x, "norm1", this::selfAttention), "norm2", this::feedForward);
  }

  SequenceFlow decode(SequenceFlow x, SequenceFlow memory) {
    SequenceFlow self = part(x, "norm1", this::selfAttention);
    LayerPosition known = memory.spot();
    UnaryOperator<SequenceFlow> crossing =
        y -> attended(y, z -> attention().on(z, known, known), "multihead_attn");
    return part(part(self, "norm2", crossing), "norm3", this::feedForward);
  }

  private MultiheadAttention attention() {
    return new MultiheadAttention(settings.heads(), false, settings.biased(), settings.dropout());
  }

  private SequenceFlow selfAttention(SequenceFlow x) {
    return attended(x, attention()::self, "self_attn");
  }

  private SequenceFlow attended(
      SequenceFlow x, UnaryOperator<LayerPosition> attention, String name) {
    return dropped(x.attended(attention).named(name));
  }

  private SequenceFlow part(SequenceFlow x, String norm, UnaryOperator<SequenceFlow> body) {
    if (settings.order() == TransformerSettings.Order.NORM_FIRST) {
      return body.apply(norm(x, norm)).plus(x);
    }
    return norm(x.residual(body), norm);
  }

  private SequenceFlow norm(SequenceFlow x, String name) {
    NormParts.Learned learned =
        settings.biased() ? NormParts.Learned.BOTH : NormParts.Learned.FACTORS;
    return x.apply("layernorm", NormParts.layer(1, NormParts.EPSILON, learned)).named(name);
  }

  private SequenceFlow feedForward(SequenceFlow x) {
    int features = x.shape().size(-1);
    SequenceFlow middle = dense(x, settings.hidden(), "linear1").activation(settings.activation());
    return dropped(dense(dropped(middle), features, "linear2"));
  }

  private SequenceFlow dense(SequenceFlow x, int outputs, String name) {
    return x.apply("dense", LinearParts.dense(OptionalInt.empty(), outputs, settings.biased()))
        .named(name);
  }

  private SequenceFlow dropped(SequenceFlow x) {
    return settings.dropout() == 0 ? x : x.dropout(settings.dropout());
  }
}
