package dev.axiomml.core.run;

import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.TapReceiver;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.TensorMemory;
import java.util.List;

/** Weighted sums in float32. */
final class FloatSums {
  private FloatSums() {}

  static Tensor affine(AffineOp op, List<Tensor> in, List<Shape> shapes) {
    Shape out = op.out(shapes);
    float[] y = new float[out.count()];
    float[] w = TensorMemory.borrow(op.coefficients(shapes));
    for (int operand = 0; operand < in.size(); operand++) {
      op.taps(operand, shapes, new Floats(y, TensorMemory.borrow(in.get(operand)), w));
    }
    op.offset(shapes).ifPresent(offset -> add(y, offset, out));
    return TensorMemory.adopt(out, y).to(in.get(0).dtype());
  }

  /** Adds an offset, in runs of the last axis where it is one number for each channel. */
  private static void add(float[] y, Tensor offset, Shape out) {
    float[] b = TensorMemory.borrow(offset);
    if (offset.shape().rank() == 1 && b.length > 1) {
      for (int start = 0; start < y.length; start += b.length) {
        add(y, start, b);
      }
      return;
    }
    int[] from = IndexWalk.walk(out.sizes(), IndexWalk.broadcast(offset.shape(), out));
    for (int i = 0; i < y.length; i++) {
      y[i] += b[from[i]];
    }
  }

  private static void add(float[] y, int start, float[] b) {
    for (int c = 0; c < b.length; c++) {
      y[start + c] += b[c];
    }
  }

  static Tensor bilinear(BilinearOp op, Tensor a, Tensor b) {
    Shape out = op.out(a.shape(), b.shape());
    float[] y = new float[out.count()];
    op.taps(a.shape(), b.shape(), new Floats(y, TensorMemory.borrow(a), TensorMemory.borrow(b)));
    return TensorMemory.adopt(out, y).to(a.dtype());
  }

  /** Adds weighted inputs to outputs. */
  private record Floats(float[] y, float[] x, float[] w) implements TapReceiver {
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
        float x0 = x[in + i];
        int a = weight + i * row;
        for (int j = 0; j < nOut; j++) {
          y[out + j] += x0 * w[a + j];
        }
      }
    }

    /** Contiguous lines and sums have loops of their own: the compiler makes vectors of them. */
    @Override
    public void line(int out, int outStep, int in, int inStep, int n, int weight, int weightStep) {
      if (weight < 0) {
        plain(new int[] {out, outStep, in, inStep}, n);
      } else if (outStep == 1 && inStep == 1 && weightStep == 1) {
        products(out, in, n, weight);
      } else if (outStep == 1 && inStep == 1 && weightStep == 0) {
        scaled(out, in, n, w[weight]);
      } else if (outStep == 0) {
        y[out] += dot(new int[] {in, inStep, weight, weightStep}, n);
      } else {
        for (int j = 0; j < n; j++) {
          y[out + j * outStep] += w[weight + j * weightStep] * x[in + j * inStep];
        }
      }
    }

    private void plain(int[] at, int n) {
      if (at[1] == 1 && at[3] == 1) {
        scaled(at[0], at[2], n, 1);
      } else if (at[1] == 0) {
        y[at[0]] += sum(at[2], at[3], n);
      } else {
        for (int j = 0; j < n; j++) {
          y[at[0] + j * at[1]] += x[at[2] + j * at[3]];
        }
      }
    }

    private void products(int out, int in, int n, int weight) {
      for (int j = 0; j < n; j++) {
        y[out + j] += w[weight + j] * x[in + j];
      }
    }

    private void scaled(int out, int in, int n, float factor) {
      for (int j = 0; j < n; j++) {
        y[out + j] += factor * x[in + j];
      }
    }

    private float sum(int in, int step, int n) {
      float even = 0;
      float odd = 0;
      int j = 0;
      for (; j + 1 < n; j += 2) {
        even += x[in + j * step];
        odd += x[in + (j + 1) * step];
      }
      return j < n ? even + odd + x[in + j * step] : even + odd;
    }

    private float dot(int[] at, int n) {
      float even = 0;
      float odd = 0;
      int j = 0;
      for (; j + 1 < n; j += 2) {
        even += w[at[2] + j * at[3]] * x[at[0] + j * at[1]];
        odd += w[at[2] + (j + 1) * at[3]] * x[at[0] + (j + 1) * at[1]];
      }
      return j < n ? even + odd + w[at[2] + j * at[3]] * x[at[0] + j * at[1]] : even + odd;
    }
  }
}
