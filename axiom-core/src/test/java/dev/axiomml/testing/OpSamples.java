package dev.axiomml.testing;

import dev.axiomml.core.op.AdaptiveAveragePool;
import dev.axiomml.core.op.AdaptiveMaxPool;
import dev.axiomml.core.op.Add;
import dev.axiomml.core.op.AveragePool;
import dev.axiomml.core.op.BatchNorm;
import dev.axiomml.core.op.Concat;
import dev.axiomml.core.op.Conv;
import dev.axiomml.core.op.ConvTranspose;
import dev.axiomml.core.op.Dense;
import dev.axiomml.core.op.Dropout;
import dev.axiomml.core.op.Geometry;
import dev.axiomml.core.op.MatMul;
import dev.axiomml.core.op.MaxPool;
import dev.axiomml.core.op.Mul;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Pad;
import dev.axiomml.core.op.PadBy;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.Permute;
import dev.axiomml.core.op.ReduceMax;
import dev.axiomml.core.op.ReduceMean;
import dev.axiomml.core.op.ReduceMin;
import dev.axiomml.core.op.ReduceSum;
import dev.axiomml.core.op.Relu;
import dev.axiomml.core.op.Reshape;
import dev.axiomml.core.op.Scale;
import dev.axiomml.core.op.Sigmoid;
import dev.axiomml.core.op.Slice;
import dev.axiomml.core.op.Softmax;
import dev.axiomml.core.op.Sub;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One sample or more of every float operator with fixed input shapes, for law tests in all modules.
 */
public final class OpSamples {
  private OpSamples() {}

  /** An operator with the shapes of its inputs. */
  public record OpSample(Op op, List<Shape> in) {
    /** Random float32 inputs in [−2, 2]. */
    public List<Tensor> inputs(long seed) {
      List<Tensor> tensors = new ArrayList<>();
      for (Shape shape : in) {
        tensors.add(Tensor.random(shape, seed + tensors.size(), -2, 2));
      }
      return tensors;
    }

    @Override
    public String toString() {
      return op.title() + " on " + in + " " + Integer.toHexString(op.toString().hashCode());
    }
  }

  /** All samples: one line each. */
  public static List<OpSample> all() {
    return List.of(
        // Affine, move, window and bilinear families.
        of(new Concat(-1), Shape.of(2, 3, 2), Shape.of(2, 3, 1), Shape.of(2, 3, 4)),
        of(new Concat(1), Shape.of(2, 3, 2), Shape.of(2, 5, 2)),
        of(new Slice(1, Dim.of(1), Dim.of(2), 2), Shape.of(2, 5, 3)),
        of(new Slice(-1, Dim.of(4), Dim.of(3), -2), Shape.of(2, 3, 5)),
        of(Slice.flip(0, Dim.of(4)), Shape.of(4, 3)),
        of(new Pad(List.of(0, 1, 2), List.of(0, 2, 0), 1.5), Shape.of(2, 3, 4)),
        of(new Pad(List.of(-1, 2), List.of(1, -2), 0), Shape.of(3, 4)),
        of(new PadBy(List.of(0, 2, 1), List.of(0, 1, 3), PadBy.Mode.REFLECT), Shape.of(2, 3, 4)),
        of(new PadBy(List.of(0, 2), List.of(0, -1), PadBy.Mode.EDGE), Shape.of(2, 3)),
        of(new PadBy(List.of(0, 2, 0), List.of(0, 1, 0), PadBy.Mode.CIRCULAR), Shape.of(1, 3, 2)),
        of(new Sub(), Shape.of(2, 3, 4), Shape.of(3, 1)),
        of(new Sub(), Shape.of(4), Shape.of(2, 3, 4)),
        of(new ReduceSum(List.of(1), false), Shape.of(2, 3, 4)),
        of(new ReduceSum(List.of(-1, 0), true), Shape.of(2, 3, 4)),
        of(new ReduceMean(List.of(), false), Shape.of(2, 3)),
        of(new ReduceMean(List.of(1, 2), true), Shape.of(2, 3, 4, 9)),
        of(new ReduceMax(List.of(1), false), Shape.of(2, 3, 4)),
        of(new ReduceMax(List.of(-1, 0), true), Shape.of(2, 3, 4)),
        of(new ReduceMin(List.of(1, -1), false), Shape.of(2, 3, 4, 5)),
        of(transposed(List.of(3, 2), 2, 3, 1), Shape.of(2, 3, 4, 2)),
        of(transposed(List.of(3), 4, 6, 2), Shape.of(1, 5, 4)),
        of(
            new ConvTranspose(
                weight(3, 2, 4, 3),
                Optional.empty(),
                Geometry.of(List.of(3, 2))
                    .stride(List.of(2, 3))
                    .padding(List.of(1, 0), List.of(2, 1))
                    .dilation(List.of(2, 1)),
                List.of(1, 2),
                2),
            Shape.of(2, 4, 3, 4)),
        of(new AdaptiveAveragePool(List.of(3, 2)), Shape.of(2, 5, 7, 3)),
        of(new AdaptiveAveragePool(List.of(4)), Shape.of(1, 2, 3)),
        of(new AdaptiveMaxPool(List.of(3, 2)), Shape.of(2, 5, 7, 3)),
        of(new Dense(weight(3, 5), Optional.of(weight(5))), Shape.of(2, 3)),
        of(new Dense(weight(4, 1), Optional.empty()), Shape.of(2, 3, 4)),
        of(conv(List.of(3, 3), 2, 3, 1), Shape.of(2, 5, 6, 2)),
        of(
            new Conv(
                weight(3, 2, 2, 4),
                Optional.of(weight(4)),
                Geometry.of(List.of(3, 2))
                    .stride(List.of(2, 1))
                    .padding(List.of(1, 0), List.of(2, 1))
                    .dilation(List.of(1, 2)),
                1),
            Shape.of(1, 6, 5, 2)),
        of(conv(List.of(3), 4, 6, 2), Shape.of(2, 7, 4)),
        of(conv(List.of(3, 3), 3, 3, 3), Shape.of(1, 4, 4, 3)),
        of(conv(List.of(2, 2, 2), 1, 2, 1), Shape.of(1, 3, 4, 3, 1)),
        of(
            new AveragePool(
                Geometry.of(List.of(3, 3))
                    .stride(List.of(2, 2))
                    .padding(List.of(1, 1), List.of(1, 1)),
                true),
            Shape.of(1, 6, 5, 2)),
        of(
            new AveragePool(
                Geometry.of(List.of(3))
                    .stride(List.of(2))
                    .padding(List.of(1), List.of(1))
                    .ceil(true),
                false),
            Shape.of(1, 6, 2)),
        of(new MaxPool(Geometry.of(List.of(2, 2)).stride(List.of(2, 2))), Shape.of(2, 4, 5, 3)),
        of(
            new MaxPool(
                Geometry.of(List.of(3)).padding(List.of(1), List.of(1)).dilation(List.of(2))),
            Shape.of(1, 6, 2)),
        of(
            new BatchNorm(List.of(weight(3), positive(3)), List.of(weight(3), weight(3)), 1e-5),
            Shape.of(2, 4, 3)),
        of(new Scale(weight(3), Optional.of(weight(3))), Shape.of(2, 4, 3)),
        of(new Add(), Shape.of(2, 3, 4), Shape.of(3, 1)),
        of(new Mul(), Shape.of(2, 3, 4), Shape.of(3, 1)),
        of(new MatMul(), Shape.of(2, 3, 4), Shape.of(2, 4, 5)),
        of(new MatMul(), Shape.of(3, 4), Shape.of(2, 4, 5)),
        of(new Reshape(Shape.of(2, 6)), Shape.of(2, 3, 2)),
        of(Permute.of(0, 2, 1), Shape.of(2, 3, 4)),
        of(new Dropout(0.5), Shape.of(2, 3)),
        of(new Relu(), Shape.of(3, 7)),
        of(new Sigmoid(), Shape.of(3, 7)),
        of(new Softmax(-1), Shape.of(3, 7)),
        of(new Softmax(1), Shape.of(2, 3, 4)));
  }

  private static OpSample of(Op op, Shape... in) {
    return new OpSample(op, List.of(in));
  }

  private static Conv conv(List<Integer> kernel, int in, int out, int groups) {
    int[] sizes = new int[kernel.size() + 2];
    for (int i = 0; i < kernel.size(); i++) {
      sizes[i] = kernel.get(i);
    }
    sizes[kernel.size()] = in / groups;
    sizes[kernel.size() + 1] = out;
    return new Conv(weight(sizes), Optional.of(weight(out)), Geometry.of(kernel), groups);
  }

  private static ConvTranspose transposed(List<Integer> kernel, int in, int out, int groups) {
    int[] sizes = new int[kernel.size() + 2];
    for (int i = 0; i < kernel.size(); i++) {
      sizes[i] = kernel.get(i);
    }
    sizes[kernel.size()] = in;
    sizes[kernel.size() + 1] = out / groups;
    List<Integer> nothing = java.util.Collections.nCopies(kernel.size(), 0);
    return new ConvTranspose(
        weight(sizes), Optional.of(weight(out)), Geometry.of(kernel), nothing, groups);
  }

  /** A weight of random numbers in [−1, 1], the same for the same shape. */
  public static Parameter weight(int... sizes) {
    return new Parameter(
        "w" + java.util.Arrays.toString(sizes),
        Tensor.random(Shape.of(sizes), java.util.Arrays.hashCode(sizes), -1, 1));
  }

  /** A weight of random numbers in [0.5, 1.5]. */
  public static Parameter positive(int... sizes) {
    return new Parameter(
        "p" + java.util.Arrays.toString(sizes),
        Tensor.random(Shape.of(sizes), java.util.Arrays.hashCode(sizes), 0.5, 1.5));
  }
}
