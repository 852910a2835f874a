package dev.axiomml.verify.fuzz;

import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.fuzz.ExactOracle.Grid;
import java.util.Arrays;
import java.util.List;

/**
 * One sample that was run.
 *
 * @param in its free inputs
 * @param x the first of them as a grid
 * @param y the first output for it
 * @param how which backend ran it, in a batch of how many
 */
public record Trial(List<float[]> in, Grid x, Grid y, String how) {
  /** What is true of it. */
  public ExactOracle oracle() {
    return new ExactOracle(x, y);
  }

  /** Row {@code i} of a batch. */
  public static Trial of(List<Tensor> inputs, Tensor output, int i, String how) {
    List<float[]> in = inputs.stream().map(t -> row(t, i)).toList();
    Grid x = new Grid(sizes(inputs.get(0)), in.get(0));
    return new Trial(in, x, new Grid(sizes(output), row(output, i)), how);
  }

  private static int[] sizes(Tensor batch) {
    return Arrays.stream(batch.shape().sizes()).skip(1).toArray();
  }

  /** A row; a scalar is that of every row. */
  private static float[] row(Tensor batch, int i) {
    if (batch.shape().rank() == 0) {
      return batch.toFloats();
    }
    int size = batch.size() / batch.shape().size(0);
    return Arrays.copyOfRange(batch.toFloats(), i * size, (i + 1) * size);
  }

  @Override
  public String toString() {
    String inputs = in.stream().map(Arrays::toString).reduce((a, b) -> a + ", " + b).orElse("");
    return "x = " + inputs + ", output = " + Arrays.toString(y.values()) + " (" + how + ")";
  }
}
