package dev.axiomml.core.run;

import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.TapReceiver;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/** Weighted sums in float64. */
final class DoubleSums {
  private DoubleSums() {}

  static Tensor affine(AffineOp op, List<Tensor> in, List<Shape> shapes) {
    Shape out = op.out(shapes);
    double[] y = new double[out.count()];
    double[] w = op.coefficients(shapes).toDoubles();
    for (int operand = 0; operand < in.size(); operand++) {
      op.taps(operand, shapes, new Doubles(y, in.get(operand).toDoubles(), w));
    }
    op.offset(shapes).ifPresent(offset -> add(y, offset, out));
    return Tensor.ofDoubles(out, DType.FLOAT64, y);
  }

  private static void add(double[] y, Tensor offset, Shape out) {
    double[] b = offset.toDoubles();
    boolean channels = offset.shape().rank() == 1 && b.length > 1;
    int[] from =
        channels
            ? new int[0]
            : IndexWalk.walk(out.sizes(), IndexWalk.broadcast(offset.shape(), out));
    for (int i = 0; i < y.length; i++) {
      y[i] += b[channels ? i % b.length : from[i]];
    }
  }

  static Tensor bilinear(BilinearOp op, Tensor a, Tensor b) {
    Shape out = op.out(a.shape(), b.shape());
    double[] y = new double[out.count()];
    op.taps(a.shape(), b.shape(), new Doubles(y, a.toDoubles(), b.toDoubles()));
    return Tensor.ofDoubles(out, DType.FLOAT64, y);
  }

  /** Adds weighted inputs to outputs. */
  private record Doubles(double[] y, double[] x, double[] w) implements TapReceiver {
    @Override
    public void block(int out, int nOut, int in, int nIn, int weight, int row) {
      for (int i = 0; i < nIn; i++) {
        double x0 = x[in + i];
        int a = weight + i * row;
        for (int j = 0; j < nOut; j++) {
          y[out + j] += x0 * w[a + j];
        }
      }
    }

    @Override
    public void line(int out, int outStep, int in, int inStep, int n, int weight, int weightStep) {
      if (weight < 0) {
        for (int j = 0; j < n; j++) {
          y[out + j * outStep] += x[in + j * inStep];
        }
        return;
      }
      for (int j = 0; j < n; j++) {
        y[out + j * outStep] += w[weight + j * weightStep] * x[in + j * inStep];
      }
    }
  }
}
