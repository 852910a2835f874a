package dev.axiomml.core.op;

import dev.axiomml.core.linear.ProductLines;
import dev.axiomml.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** The matrix that the nests of one operand spell out, refusing what lies outside. */
record Matrix(double[][] w, double[] weights, int[][] hits) implements ProductLines {
  static Matrix of(AffineOp op, int operand, List<Shape> in) {
    int rows = op.out(in).count();
    int columns = in.get(operand).count();
    double[] weights = op.coefficients(in).toDoubles();
    Matrix matrix = new Matrix(new double[rows][columns], weights, new int[rows][columns]);
    op.nests(operand, in).forEach(nest -> nest.lines(matrix));
    return matrix;
  }

  @Override
  public void line(int out, int outStep, int in, int inStep, int weight, int weightStep, int n) {
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
    return Arrays.stream(w).mapToDouble(row -> NestLawsTest.dot(row, x)).toArray();
  }
}
