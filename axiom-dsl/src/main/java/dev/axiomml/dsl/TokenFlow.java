package dev.axiomml.dsl;

/** A flow of token numbers, (time), int64; only an embedding can follow. */
public final class TokenFlow extends Flow<TokenFlow> {
  TokenFlow(Spot spot) {
    super(spot);
  }

  @Override
  public TokenFlow self() {
    return this;
  }

  @Override
  TokenFlow at(Spot other) {
    return new TokenFlow(other);
  }
}
