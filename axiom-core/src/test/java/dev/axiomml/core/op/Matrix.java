package dev.axiomml.core.op;

import dev.axiomml.core.linear.ProductLines;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The matrix that the nests of one operand spell out, the other factors being known; refuses what
 * lies outside.
 */
record Matrix(double[][] w, double[] weights, int[][] hits) implements ProductLines {
  static Matrix of(SumOp op, int operand, List<Tensor> in) {
    List<Shape> shapes = in.stream().map(Tensor::shape).toList();
    double[][] w = new double[op.out(shapes).count()][shapes.get(operand).count()];
    int[][] hits = new int[w.length][shapes.get(operand).count()];
    for (SumTerm term : op.terms(shapes)) {
      double[] second = second(op, term, operand, in);
      boolean factor = term.factor() == operand;
      boolean reads = factor || term.operand() == operand;
      Matrix part = new Matrix(w, second, hits);
      (factor ? term.exchanged() : term)
          .nests()
          .forEach(nest -> nest.lines(reads ? part : (o, os, i, is, k, ks, n) -> {}));
    }
    return new Matrix(w, new double[0], hits);
  }

  /** The numbers that an operand is multiplied with in a term. */
  static double[] second(SumOp op, SumTerm term, int operand, List<Tensor> in) {
    List<Shape> shapes = in.stream().map(Tensor::shape).toList();
    if (!term.isProduct()) {
      return op.table(shapes).toDoubles();
    }
    return in.get(term.factor() == operand ? term.operand() : term.factor()).toDoubles();
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
