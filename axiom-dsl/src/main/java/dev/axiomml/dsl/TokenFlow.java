package dev.axiomml.dsl;

import dev.axiomml.core.op.linear.Embedding;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.dsl.recipe.LayerPosition;
import dev.axiomml.dsl.recipe.OperatorPart;
import dev.axiomml.dsl.recipe.WeightDraft;
import java.util.List;

/**
 * A flow of token numbers, (time), int64; only an embedding can follow.
 *
 * <pre>{@code
 * TokenFlow words = Axiom.model("reader").input(tokens(50));
 * VectorFlow y = words.embedding(10000, 64).transformerEncoder(4, 256).last();
 * }</pre>
 */
public final class TokenFlow extends Flow<TokenFlow> {
  TokenFlow(LayerPosition spot) {
    super(spot);
  }

  @Override
  public TokenFlow self() {
    return this;
  }

  @Override
  TokenFlow at(LayerPosition other) {
    return new TokenFlow(other);
  }

  /** A learned vector for each token number below {@code vocabulary}. */
  public SequenceFlow embedding(int vocabulary, int features) {
    return new SequenceFlow(spot().add("embedding", in -> part(in, vocabulary, features)));
  }

  private static OperatorPart part(Type tokens, int vocabulary, int features) {
    WeightDraft table =
        WeightDraft.of("weight", Shape.of(vocabulary, features), new WeightDraft.Normal(1));
    Shape out = tokens.shape().concat(Shape.of(features));
    return new OperatorPart(
        "embedding", List.of(table), types -> List.of(Type.float32(out)), new Embedding());
  }
}
