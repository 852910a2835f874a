package dev.axiomml.core.run;

import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.Taps;
import dev.axiomml.core.tensor.Indices;
import dev.axiomml.core.tensor.Memory;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/** Weighted sums in float32. */
final class Sums {
  private Sums() {}

  static Tensor affine(AffineOp op, List<Tensor> in, List<Shape> shapes) {
    Shape out = op.out(shapes);
    float[] y = new float[out.count()];
    float[] w = Memory.borrow(op.coefficients(shapes));
    for (int operand = 0; operand < in.size(); operand++) {
      op.taps(operand, shapes, new Floats(y, Memory.borrow(in.get(operand)), w));
    }
    op.offset(shapes).ifPresent(offset -> add(y, offset, out));
    return Memory.adopt(out, y).to(in.get(0).dtype());
  }

  private static void add(float[] y, Tensor offset, Shape out) {
    float[] b = Memory.borrow(offset);
    boolean channels = offset.shape().rank() == 1 && b.length > 1;
    int[] from =
        channels ? new int[0] : Indices.walk(out.sizes(), Indices.broadcast(offset.shape(), out));
    for (int i = 0; i < y.length; i++) {
      y[i] += b[channels ? i % b.length : from[i]];
    }
  }

  static Tensor bilinear(BilinearOp op, Tensor a, Tensor b) {
    Shape out = op.out(a.shape(), b.shape());
    float[] y = new float[out.count()];
    op.taps(a.shape(), b.shape(), new Floats(y, Memory.borrow(a), Memory.borrow(b)));
    return Memory.adopt(out, y).to(a.dtype());
  }

  /** Adds weighted inputs to outputs. */
  private record Floats(float[] y, float[] x, float[] w) implements Taps {
    @Override
    public void block(int out, int nOut, int in, int nIn, int weight, int row) {
      int i = 0;
      for (; i + 3 < nIn; i += 4) {
        float x0 = x[in + i];
        float x1 = x[in + i + 1];
        float x2 = x[in + i + 2];
        float x3 = x[in + i + 3];
        int a = weight + i * row;
        int b = a + row;
        int c = b + row;
        int d = c + row;
        for (int j = 0; j < nOut; j++) {
          y[out + j] += (x0 * w[a + j] + x1 * w[b + j]) + (x2 * w[c + j] + x3 * w[d + j]);
        }
      }
      for (; i < nIn; i++) {
        line(out, 1, in + i, 0, nOut, weight + i * row, 1);
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
