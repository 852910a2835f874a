package dev.axiomml.interop.onnx.rules;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.common.TensorLanes;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Matrices: diagonals and determinants; and running products. */
public final class MatrixRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("CumProd", MatrixRules::cumProd),
          entry("Det", MatrixRules::det),
          entry("EyeLike", MatrixRules::eyeLike));

  private MatrixRules() {}

  private static List<Value> eyeLike(OnnxNodeContext at) {
    int number = at.attributes().integer("dtype", 0);
    DType dtype =
        number == 0
            ? at.dtype(0)
            : OnnxElementTypes.of(number)
                .orElseThrow(() -> at.refuse("EyeLike of type " + number, "it is not supported"));
    int k = at.attributes().integer("k", 0);
    if (at.rank(0) != 2 || dtype == DType.STRING) {
      throw at.refuse("EyeLike of " + dtype + " " + at.shape(0), "it is a matrix of numbers");
    }
    if (at.shape(0).isFixed()) {
      return List.of(at.constant(eye(at.shape(0), dtype, k)));
    }
    Type type = Type.of(at.shape(0), dtype);
    return at.run(
        List.of(type),
        (settings, in) -> List.of(eye(in.get(0).orElseThrow().tensor().shape(), dtype, k)));
  }

  private static Tensor eye(Shape shape, DType dtype, int k) {
    long[] ones = new long[shape.count()];
    for (int i = 0; i < shape.size(0); i++) {
      long j = (long) i + k;
      if (j >= 0 && j < shape.size(1)) {
        ones[i * shape.size(1) + (int) j] = 1;
      }
    }
    return Tensor.ofIntegers(shape, DType.INT64, ones).to(dtype);
  }

  private static List<Value> cumProd(OnnxNodeContext at) {
    int axis = Math.toIntExact(at.require(1).longAt(0));
    boolean exclusive = at.attributes().flag("exclusive", false);
    boolean reverse = at.attributes().flag("reverse", false);
    return at.run(
        List.of(at.in(0).type()),
        (settings, in) -> {
          Tensor x = in.get(0).orElseThrow().tensor();
          int[][] steps = steps(TensorLanes.of(x.shape(), axis), x.size(), exclusive, reverse);
          return List.<RuntimeValue>of(x.dtype().isFloat() ? reals(x, steps) : wholes(x, steps));
        });
  }

  /** For each place, in the order of running: the place before it or −1, and what is multiplied. */
  private static int[][] steps(TensorLanes lanes, int size, boolean exclusive, boolean reverse) {
    int[][] steps = new int[size][];
    int[] next = {0};
    lanes.each(
        lane -> {
          for (int i = 0; i < lane.n(); i++) {
            int here = lane.at(reverse ? lane.n() - 1 - i : i);
            int before = i == 0 ? -1 : lane.at(reverse ? lane.n() - i : i - 1);
            steps[next[0]++] = new int[] {here, before, exclusive ? before : here};
          }
        });
    return steps;
  }

  private static Tensor reals(Tensor x, int[][] steps) {
    double[] y = new double[steps.length];
    for (int[] step : steps) {
      double factor = step[2] < 0 ? 1 : x.doubleAt(step[2]);
      y[step[0]] = (step[1] < 0 ? 1 : y[step[1]]) * factor;
    }
    return Tensor.ofDoubles(x.shape(), x.dtype(), y);
  }

  private static Tensor wholes(Tensor x, int[][] steps) {
    long[] y = new long[steps.length];
    for (int[] step : steps) {
      long factor = step[2] < 0 ? 1 : x.longAt(step[2]);
      y[step[0]] = (step[1] < 0 ? 1 : y[step[1]]) * factor;
    }
    return Tensor.ofIntegers(x.shape(), x.dtype(), y);
  }

  private static List<Value> det(OnnxNodeContext at) {
    int rank = at.rank(0);
    boolean square = rank >= 2 && at.shape(0).dim(rank - 1).equals(at.shape(0).dim(rank - 2));
    if (!square || !at.dtype(0).isFloat()) {
      throw at.refuse("Det of " + at.in(0).type(), "it is of square matrices of floats");
    }
    Type type = Type.of(at.shape(0).sub(0, rank - 2), at.dtype(0));
    return at.run(
        List.of(type), (settings, in) -> List.of(determinants(in.get(0).orElseThrow().tensor())));
  }

  private static Tensor determinants(Tensor x) {
    int rank = x.shape().rank();
    int n = x.shape().size(rank - 1);
    Shape out = x.shape().sub(0, rank - 2);
    double[] all = x.toDoubles();
    double[] y = new double[out.count()];
    for (int m = 0; m < y.length; m++) {
      y[m] = determinant(Arrays.copyOfRange(all, m * n * n, (m + 1) * n * n), n);
    }
    return Tensor.ofDoubles(out, x.dtype(), y);
  }

  private static double determinant(double[] matrix, int n) {
    double product = 1;
    MatrixElimination elimination = new MatrixElimination(matrix, n);
    for (int i = 0; i < n && product != 0; i++) {
      double pivot = elimination.step(i);
      product = pivot == 0 ? 0 : product * pivot;
    }
    return product;
  }
}
