package dev.axiomml.core.op;

/**
 * Receives which output draws on which input with which weight; indices are row-major element
 * positions.
 *
 * <p>The weights are {@link AffineOp#coefficients}, for a {@link BilinearOp} its second operand.
 * Called in hot loops, so the numbers come bare.
 */
public interface TapReceiver {
  /**
   * {@code y[out+j] += Σᵢ x[in+i] · w[weight + i·row + j]} for {@code i < nIn}, {@code j < nOut}.
   */
  void block(int out, int nOut, int in, int nIn, int weight, int row);

  /**
   * {@code y[out+j·outStep] += w[weight + j·weightStep] · x[in+j·inStep]}; a negative weight index
   * means exactly one, unrounded.
   */
  void line(int out, int outStep, int in, int inStep, int n, int weight, int weightStep);
}
