package dev.axiomml.verify;

import dev.axiomml.core.ir.ByFamily;
import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.Taps;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The reading that follows two samples through a graph: each element is the set of samples that it
 * draws on, as bits. Claims about single samples make sense only where outputs do not mix them.
 */
final class Mixing implements ByFamily<byte[]> {
  /** The output of a graph bound to a batch of two that mixes samples; empty when none does. */
  static Optional<String> of(Graph two) {
    List<byte[]> in = new ArrayList<>();
    for (Value input : two.inputs()) {
      byte[] bits = new byte[input.type().shape().count()];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = (byte) (1 + 2 * i / bits.length);
      }
      in.add(bits);
    }
    List<byte[]> out = two.read(in, new Mixing());
    for (int o = 0; o < out.size(); o++) {
      if (mixes(out.get(o))) {
        return Optional.of(two.outputs().get(o).name());
      }
    }
    return Optional.empty();
  }

  private static boolean mixes(byte[] bits) {
    boolean mixes = false;
    for (int i = 0; i < bits.length; i++) {
      mixes |= (bits[i] & ~(1 + 2 * i / bits.length)) != 0;
    }
    return mixes;
  }

  @Override
  public byte[] constant(Value at, Tensor tensor) {
    return new byte[tensor.size()];
  }

  @Override
  public byte[] affine(Node at, AffineOp op, List<byte[]> x) {
    byte[] y = fresh(at, 0);
    List<dev.axiomml.core.tensor.Shape> shapes = at.inTypes().stream().map(Type::shape).toList();
    for (int operand = 0; operand < x.size(); operand++) {
      op.taps(operand, shapes, new Draw(y, x.get(operand), new byte[0]));
    }
    return y;
  }

  @Override
  public byte[] scalar(Node at, ScalarOp op, byte[] x) {
    return x;
  }

  @Override
  public byte[] window(Node at, WindowOp op, byte[] x) {
    byte[] y = fresh(at, 0);
    op.windows(
        at.in().get(0).type().shape(), (out, members, count) -> y[out] |= union(x, members, count));
    return y;
  }

  private static byte union(byte[] x, int[] members, int count) {
    byte bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= x[members[i]];
    }
    return bits;
  }

  @Override
  public byte[] bilinear(Node at, BilinearOp op, byte[] first, byte[] second) {
    byte[] y = fresh(at, 0);
    op.taps(
        at.in().get(0).type().shape(), at.in().get(1).type().shape(), new Draw(y, first, second));
    return y;
  }

  /** Per sample along axis 0, else everything draws on everything. */
  @Override
  public List<byte[]> row(Node at, RowOp op, List<byte[]> x) {
    List<byte[]> all = new ArrayList<>();
    for (int o = 0; o < at.out().size(); o++) {
      all.add(fresh(at, o));
    }
    boolean perSample = op.perSample(at.inTypes());
    for (byte[] y : all) {
      for (int i = 0; i < y.length; i++) {
        y[i] = perSample ? slice(at, x, share(y.length, i, at)) : union(x);
      }
    }
    return all;
  }

  /** Which index of axis 0 an element of a result has. */
  private static int share(int size, int i, Node at) {
    int rows =
        at.out().get(0).type().shape().rank() == 0 ? 1 : at.out().get(0).type().shape().size(0);
    return rows == 0 ? 0 : i / Math.max(1, size / rows);
  }

  private static byte slice(Node at, List<byte[]> x, int index) {
    byte bits = 0;
    for (int operand = 0; operand < x.size(); operand++) {
      Type type = at.in().get(operand).type();
      int rows = type.shape().rank() == 0 ? 1 : type.shape().size(0);
      int row = rows == 0 ? 0 : x.get(operand).length / rows;
      boolean whole = rows <= index;
      int from = whole ? 0 : index * row;
      int to = whole ? x.get(operand).length : from + row;
      for (int i = from; i < to; i++) {
        bits |= x.get(operand)[i];
      }
    }
    return bits;
  }

  private static byte union(List<byte[]> x) {
    byte bits = 0;
    for (byte[] operand : x) {
      for (byte b : operand) {
        bits |= b;
      }
    }
    return bits;
  }

  @Override
  public List<byte[]> run(Node at, RunOp op, List<byte[]> x) {
    List<byte[]> all = new ArrayList<>();
    for (int o = 0; o < at.out().size(); o++) {
      byte[] y = fresh(at, o);
      java.util.Arrays.fill(y, union(x));
      all.add(y);
    }
    return all;
  }

  private static byte[] fresh(Node at, int result) {
    return new byte[at.out().get(result).type().shape().count()];
  }

  /** Joins what outputs draw on. */
  private record Draw(byte[] y, byte[] x, byte[] w) implements Taps {
    @Override
    public void block(int out, int nOut, int in, int nIn, int weight, int row) {
      for (int i = 0; i < nIn; i++) {
        line(out, 1, in + i, 0, nOut, weight + i * row, 1);
      }
    }

    @Override
    public void line(int out, int outStep, int in, int inStep, int n, int weight, int weightStep) {
      for (int j = 0; j < n; j++) {
        byte other = w.length > 0 ? w[weight + j * weightStep] : 0;
        y[out + j * outStep] |= (byte) (x[in + j * inStep] | other);
      }
    }
  }
}
