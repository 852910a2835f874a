package dev.axiomml.interop.onnx.rules.contrib;

import static java.util.Map.entry;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.onnx.node.BorrowedNode;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.proto.AttributeProto;
import dev.axiomml.interop.onnx.rules.MatrixElimination;
import dev.axiomml.interop.onnx.rules.image.SamplingRules;
import dev.axiomml.interop.onnx.rules.signal.FourierTransform;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ONNX Runtime's forms of operators that the standard has too, and a few that it has not. */
final class RuntimeRules {
  static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("CDist", RuntimeRules::distances),
          entry("ConvTransposeWithDynamicPads", RuntimeRules::transposed),
          entry("ExpandDims", RuntimeRules::expandDims),
          entry("GatherND", BorrowedNode.same("GatherND")),
          entry("GridSample", BorrowedNode.same("GridSample")),
          entry("Inverse", RuntimeRules::inverse),
          entry("Irfft", at -> fourier(at, true)),
          entry("NhwcMaxPool", RuntimeRules::maxPool),
          entry("Rfft", at -> fourier(at, false)),
          entry("Trilu", BorrowedNode.same("Trilu")));

  private RuntimeRules() {}

  private static List<Value> expandDims(OnnxNodeContext at) {
    int axis = Math.toIntExact(at.require(1).longAt(0));
    return List.of(new OnnxSteps(at).unsqueeze(at.in(0), axis));
  }

  /** Between all rows of two matrices. */
  private static List<Value> distances(OnnxNodeContext at) {
    String metric = at.attributes().text("metric", "sqeuclidean");
    boolean root = metric.equals("euclidean");
    if (!root && !metric.equals("sqeuclidean")) {
      throw at.refuse("CDist by " + metric, "euclidean and sqeuclidean are known");
    }
    OnnxSteps steps = new OnnxSteps(at);
    Value apart = steps.minus(steps.unsqueeze(at.in(0), 1), steps.unsqueeze(at.in(1), 0));
    Value sum = at.emit(new ReduceSum(List.of(2), false), at.emit(new Square(), apart));
    return List.of(root ? at.emit(new Sqrt(), sum) : sum);
  }

  private static List<Value> transposed(OnnxNodeContext at) {
    List<AttributeProto> settings =
        at.has(2)
            ? List.of(
                BorrowedNode.setting(
                    "pads", Arrays.stream(at.require(2).toLongs()).boxed().toList()))
            : List.of();
    return new BorrowedNode(at, "ConvTranspose")
        .on(List.of(at.any(0), at.any(1), at.any(3)), settings);
  }

  private static List<Value> maxPool(OnnxNodeContext at) {
    int rank = at.rank(0);
    Value first = at.emit(new Permute(AxisOrders.toChannelsFirst(rank)), at.in(0));
    Value y = new BorrowedNode(at, "MaxPool").on(first).get(0);
    return List.of(at.emit(new Permute(AxisOrders.toChannelsLast(rank)), y));
  }

  /** Half a spectrum of a real signal of the last axis, and back. */
  private static List<Value> fourier(OnnxNodeContext at, boolean inverse) {
    boolean plain =
        at.attributes().integer("signal_ndim", 1) == 1
            && at.attributes().flag("onesided", true)
            && !at.attributes().flag("normalized", false);
    if (!plain) {
      throw at.refuse(
          at.op() + " of more axes, both sides or normed", "one axis and half of it is");
    }
    int axis = inverse ? at.rank(0) - 2 : at.rank(0) - 1;
    int size = SamplingRules.size(at, at.shape(0).dim(axis));
    OnnxSteps steps = new OnnxSteps(at);
    Value x = inverse ? at.in(0) : steps.unsqueeze(at.in(0), -1);
    Value y = new FourierTransform(inverse ? 2 * (size - 1) : size, inverse, true).on(at, x, axis);
    return List.of(inverse ? steps.reshape(y, OnnxSteps.shape(y).sub(0, axis + 1)) : y);
  }

  private static List<Value> inverse(OnnxNodeContext at) {
    int rank = at.rank(0);
    boolean square = rank >= 2 && at.shape(0).dim(rank - 1).equals(at.shape(0).dim(rank - 2));
    if (!square || !at.dtype(0).isFloat()) {
      throw at.refuse("Inverse of " + at.in(0).type(), "it is of square matrices of floats");
    }
    return at.run(
        List.of(at.in(0).type()), (settings, in) -> List.<RuntimeValue>of(inverses(in.get(0))));
  }

  private static Tensor inverses(Optional<RuntimeValue> in) {
    Tensor x = in.orElseThrow().tensor();
    int n = x.shape().size(x.shape().rank() - 1);
    double[] all = x.toDoubles();
    double[] y = new double[all.length];
    for (int start = 0; start < all.length; start += n * n) {
      System.arraycopy(
          inverse(Arrays.copyOfRange(all, start, start + n * n), n), 0, y, start, n * n);
    }
    return Tensor.ofDoubles(x.shape(), x.dtype(), y);
  }

  /** By elimination beside the identity. */
  private static double[] inverse(double[] matrix, int n) {
    double[] rows = new double[2 * n * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix, i * n, rows, 2 * i * n, n);
      rows[2 * i * n + n + i] = 1;
    }
    MatrixElimination elimination = new MatrixElimination(rows, n);
    for (int i = 0; i < n; i++) {
      require(elimination.step(i) != 0);
    }
    double[] y = new double[n * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(rows, 2 * i * n + n, y, i * n, n);
    }
    return y;
  }

  private static void require(boolean independent) {
    if (!independent) {
      throw new ModelException(
          new Diagnosis(
              "the inverse of a matrix that has none",
              "Inverse",
              "its rows depend on each other",
              "give matrices whose determinant is not 0"));
    }
  }
}
