package dev.axiomml.verify.check;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Meaning;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.Taps;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * Whether a batch is nothing but its samples: a reading over a batch of two, in which a value is
 * true when it holds two samples one after the other, and the first node that mixes them is named.
 */
final class Samples implements Meaning<Boolean> {
  private Optional<String> mixing = Optional.empty();

  private Samples() {}

  /** The node of a graph, bound to a batch of two, in which samples meet; empty when none does. */
  static Optional<String> mixing(Graph pair) {
    Samples reading = new Samples();
    pair.read(pair.inputs().stream().map(input -> true).toList(), reading);
    return reading.mixing;
  }

  @Override
  public Boolean constant(Value at, Tensor tensor) {
    return false;
  }

  @Override
  public List<Boolean> node(Node at, List<Boolean> in) {
    boolean batched = in.contains(true);
    if (batched && mixing.isEmpty() && mixes(at, in)) {
      mixing = Optional.of(at.name());
    }
    return at.out().stream().map(value -> batched).toList();
  }

  private static boolean mixes(Node at, List<Boolean> in) {
    boolean sized =
        at.inTypes().stream().allMatch(type -> type.isTensor() && type.shape().isFixed())
            && at.out().stream().allMatch(v -> v.type().isTensor() && v.type().shape().isFixed());
    if (!sized || at.op() instanceof RunOp) {
      return true;
    }
    if (at.op() instanceof RowOp row) {
      return !row.perSample(at.inTypes());
    }
    List<Shape> shapes = at.inTypes().stream().map(Type::shape).toList();
    int out = at.out().get(0).type().shape().count();
    if (at.op() instanceof WindowOp window) {
      Halves halves = new Halves(new boolean[1], new int[] {out, shapes.get(0).count(), 0});
      window.windows(shapes.get(0), halves::window);
      return halves.meet[0];
    }
    return sums(at, in, shapes);
  }

  private static boolean sums(Node at, List<Boolean> in, List<Shape> shapes) {
    int out = at.out().get(0).type().shape().count();
    boolean[] meet = new boolean[1];
    if (at.op() instanceof AffineOp affine) {
      for (int operand = 0; operand < shapes.size(); operand++) {
        int size = in.get(operand) ? shapes.get(operand).count() : 0;
        affine.taps(operand, shapes, new Halves(meet, new int[] {out, size, 0}));
      }
    } else if (at.op() instanceof BilinearOp bilinear) {
      int first = in.get(0) ? shapes.get(0).count() : 0;
      int second = in.get(1) ? shapes.get(1).count() : 0;
      bilinear.taps(shapes.get(0), shapes.get(1), new Halves(meet, new int[] {out, first, second}));
    }
    return meet[0];
  }

  /**
   * Looks whether an output draws on the other half of an operand.
   *
   * @param meet set when it does
   * @param sizes of output, operand, and second operand, 0 for one that is the same for all samples
   */
  private record Halves(boolean[] meet, int[] sizes) implements Taps {
    void window(int out, int[] members, int count) {
      for (int i = 0; i < count; i++) {
        tap(out, members[i], 0);
      }
    }

    @Override
    public void block(int out, int nOut, int in, int nIn, int weight, int row) {
      for (int i = 0; i < nIn; i++) {
        line(out, 1, in + i, 0, nOut, weight + i * row, 1);
      }
    }

    @Override
    public void line(int out, int outStep, int in, int inStep, int n, int weight, int weightStep) {
      for (int j = 0; j < n; j++) {
        tap(out + j * outStep, in + j * inStep, weight + j * weightStep);
      }
    }

    private void tap(int out, int first, int second) {
      boolean half = 2L * out >= sizes[0];
      meet[0] |= sizes[1] > 0 && 2L * first >= sizes[1] != half;
      meet[0] |= sizes[2] > 0 && 2L * second >= sizes[2] != half;
    }
  }
}
