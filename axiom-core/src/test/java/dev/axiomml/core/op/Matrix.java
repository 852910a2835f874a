package dev.axiomml.core.op;

import dev.axiomml.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** The matrix that the taps of one operand spell out, refusing what lies outside. */
record Matrix(double[][] w, double[] weights, int[][] hits) implements TapReceiver {
  static Matrix of(AffineOp op, int operand, List<Shape> in) {
    int rows = op.out(in).count();
    int columns = in.get(operand).count();
    double[] weights = op.coefficients(in).toDoubles();
    Matrix matrix = new Matrix(new double[rows][columns], weights, new int[rows][columns]);
    op.taps(operand, in, matrix);
    return matrix;
  }

  @Override
  public void block(int out, int nOut, int in, int nIn, int weight, int row) {
    for (int i = 0; i < nIn; i++) {
      for (int j = 0; j < nOut; j++) {
        put(out + j, in + i, weights[weight + i * row + j]);
      }
    }
  }

  @Override
  public void line(int out, int outStep, int in, int inStep, int n, int weight, int weightStep) {
    for (int j = 0; j < n; j++) {
      double value = weight < 0 ? 1 : weights[weight + j * weightStep];
      put(out + j * outStep, in + j * inStep, value);
    }
  }

  private void put(int row, int column, double value) {
    w[row][column] += value;
    hits[row][column]++;
  }

  double[] times(double[] x) {
    return Arrays.stream(w).mapToDouble(row -> TapLawsTest.dot(row, x)).toArray();
  }
}
