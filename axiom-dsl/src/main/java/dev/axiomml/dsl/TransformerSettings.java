package dev.axiomml.dsl;

/**
 * The settings of a transformer layer, as PyTorch's {@code TransformerEncoderLayer} and {@code
 * TransformerDecoderLayer} have them.
 *
 * <pre>{@code
 * SequenceFlow x = Axiom.model("reader").input(sequence(50, 64));
 * SequenceFlow y = x.transformerEncoder(TransformerSettings.of(8, 2048).activation(GELU).normFirst());
 * }</pre>
 *
 * @param heads divides the features
 * @param hidden width of the two dense layers' middle
 * @param activation between them
 * @param dropout share dropped in training
 * @param order whether norms come before each part, else after the sum
 * @param biased whether dense layers and norms have offsets
 */
public record TransformerSettings(
    int heads, int hidden, Activation activation, double dropout, Order order, boolean biased) {
  /** Where the norms are. */
  public enum Order {
    /** Before each part (pre-norm). */
    NORM_FIRST,
    /** After each sum, as in the first transformers. */
    NORM_LAST
  }

  /** PyTorch's usual settings: ReLU, dropout 0.1, norms last. */
  public static TransformerSettings of(int heads, int hidden) {
    return new TransformerSettings(heads, hidden, Activations.RELU, 0.1, Order.NORM_LAST, true);
  }

  /** The same with another activation. */
  public TransformerSettings activation(Activation other) {
    return new TransformerSettings(heads, hidden, other, dropout, order, biased);
  }

  /** The same with another dropout. */
  public TransformerSettings dropout(double rate) {
    return new TransformerSettings(heads, hidden, activation, rate, order, biased);
  }

  /** The same with norms before each part. */
  public TransformerSettings normFirst() {
    return new TransformerSettings(heads, hidden, activation, dropout, Order.NORM_FIRST, biased);
  }

  /** The same without offsets. */
  public TransformerSettings withoutBias() {
    return new TransformerSettings(heads, hidden, activation, dropout, order, false);
  }
}
