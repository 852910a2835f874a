package dev.axiomml.interop.onnx.rules.contrib;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.onnx.node.BorrowedNode;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import dev.axiomml.interop.onnx.rules.QuantRules;
import dev.axiomml.interop.onnx.rules.ShapeRules;
import dev.axiomml.interop.onnx.rules.image.SamplingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * ONNX Runtime's operators from 8-bit integers to 8-bit integers: the real numbers they stand for,
 * the operator on those, and back.
 */
final class LinearRules {
  static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("DequantizeLinear", BorrowedNode.same("DequantizeLinear")),
          entry("QLinearAdd", LinearRules::add),
          entry("QLinearAveragePool", LinearRules::averagePool),
          entry("QLinearConcat", LinearRules::concat),
          entry("QLinearConv", LinearRules::conv),
          entry("QLinearGlobalAveragePool", LinearRules::globalAverage),
          entry("QLinearLeakyRelu", LinearRules::leakyRelu),
          entry("QLinearMul", LinearRules::mul),
          entry("QLinearReduceMean", LinearRules::mean),
          entry("QLinearSigmoid", at -> pointwise(at, new Sigmoid())),
          entry("QLinearSoftmax", LinearRules::softmax),
          entry("QLinearWhere", LinearRules::where),
          entry("QuantizeLinear", BorrowedNode.same("QuantizeLinear")));

  private LinearRules() {}

  /** Steps of either operand, in steps of the answer. */
  private static List<Value> add(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    Value a = steps.times(centred(at, 0), ratio(at, number(at, 1)));
    Value b = steps.times(centred(at, 3), ratio(at, number(at, 4)));
    return List.of(QuantizationRange.of(at, 6, at.dtype(0)).moved(steps.plus(a, b)));
  }

  private static List<Value> mul(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    Value scales = ratio(at, steps.times(number(at, 1), number(at, 4)));
    Value y = steps.times(steps.times(centred(at, 0), centred(at, 3)), scales);
    return List.of(QuantizationRange.of(at, 6, at.dtype(0)).moved(y));
  }

  /** A scale in steps of the answer, rounded to single precision as ONNX Runtime has it. */
  private static Value ratio(OnnxNodeContext at, Value scale) {
    return new OnnxSteps(at).cast(QuantRules.quotient(at, scale, number(at, 6)), DType.FLOAT64);
  }

  /** An operand less its zero point, in doubles. */
  private static Value centred(OnnxNodeContext at, int i) {
    OnnxSteps steps = new OnnxSteps(at);
    Value x = steps.cast(at.in(i), DType.FLOAT64);
    return at.has(i + 2) ? steps.minus(x, number(at, i + 2, DType.FLOAT64)) : x;
  }

  /** The real numbers of an operand, a scale and a zero point, in doubles. */
  private static Value real(OnnxNodeContext at, int i) {
    return real(at, i, DType.FLOAT64);
  }

  private static Value real(OnnxNodeContext at, int i, DType dtype) {
    OnnxSteps steps = new OnnxSteps(at);
    Value x = steps.cast(at.in(i), dtype);
    Value centred = at.has(i + 2) ? steps.minus(x, number(at, i + 2, dtype)) : x;
    return steps.times(centred, number(at, i + 1, dtype));
  }

  private static Value number(OnnxNodeContext at, int i) {
    return number(at, i, DType.FLOAT32);
  }

  /** One number without its axis. */
  static Value number(OnnxNodeContext at, int i, DType dtype) {
    OnnxSteps steps = new OnnxSteps(at);
    if (at.rank(i) > 0 && !at.shape(i).volume().equals(Dim.ONE)) {
      throw at.refuse(
          at.op() + " with scales or zero points " + at.shape(i), "it has one of each operand");
    }
    return steps.cast(steps.reshape(at.in(i), Shape.SCALAR), dtype);
  }

  /** A function of one number, which ONNX Runtime tabulates in single precision. */
  private static List<Value> pointwise(OnnxNodeContext at, Op op) {
    Value y = at.emit(op, real(at, 0, DType.FLOAT32));
    return List.of(QuantizationRange.of(at, 3, at.dtype(0)).divided(y));
  }

  private static List<Value> leakyRelu(OnnxNodeContext at) {
    return pointwise(at, new LeakyRelu(at.attributes().number("alpha", 0.01f)));
  }

  private static List<Value> mean(OnnxNodeContext at) {
    List<Integer> axes =
        at.attributes().integers("axes").orElse(IntStream.range(0, at.rank(0)).boxed().toList());
    return pointwise(at, new ReduceMean(axes, at.attributes().flag("keepdims", true)));
  }

  private static boolean last(OnnxNodeContext at) {
    return at.attributes().flag("channels_last", false);
  }

  /** An operator that wants channels first, where they may be last. */
  private static Value turned(OnnxNodeContext at, Value x, UnaryOperator<Value> op) {
    if (!last(at)) {
      return op.apply(x);
    }
    int rank = OnnxSteps.shape(x).rank();
    Value first = at.emit(new Permute(AxisOrders.toChannelsFirst(rank)), x);
    return at.emit(new Permute(AxisOrders.toChannelsLast(rank)), op.apply(first));
  }

  private static List<Value> averagePool(OnnxNodeContext at) {
    BorrowedNode pool = new BorrowedNode(at, "AveragePool");
    Value y = turned(at, real(at, 0, DType.FLOAT32), first -> pool.on(first).get(0));
    return List.of(
        QuantizationRange.of(at, 3, at.dtype(0)).moved(QuantRules.quotient(at, y, number(at, 3))));
  }

  /** Sums of whole numbers times one factor in single precision. */
  private static List<Value> globalAverage(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    int rank = at.rank(0);
    int start = last(at) ? 1 : 2;
    List<Integer> pixels = IntStream.range(start, start + rank - 2).boxed().toList();
    Value sum = at.emit(new ReduceSum(pixels, true), centred(at, 0));
    double count = 1;
    for (int axis : pixels) {
      count *= SamplingRules.size(at, at.shape(0).dim(axis));
    }
    Value factor = QuantRules.quotient(at, number(at, 1), steps.times(number(at, 3), count));
    Value y = steps.times(steps.cast(sum, DType.FLOAT32), factor);
    return List.of(QuantizationRange.of(at, 3, at.dtype(0)).rounded(y));
  }

  /** The answer's scale and zero point, then an operand, its scale and its zero point each. */
  private static List<Value> concat(OnnxNodeContext at) {
    QuantizationRange grid = QuantizationRange.of(at, 0, at.dtype(1));
    List<Value> parts = new ArrayList<>();
    for (int i = 2; i < at.operands(); i += 3) {
      parts.add(grid.divided(real(at, i, DType.FLOAT32)));
    }
    return at.emitAll(new Concat(at.shape(2).axis(at.attributes().integer("axis", 1))), parts);
  }

  private static List<Value> where(OnnxNodeContext at) {
    QuantizationRange grid = QuantizationRange.of(at, 7, at.dtype(1));
    Value x = real(at, 1, DType.FLOAT32);
    Value y = real(at, 4, DType.FLOAT32);
    return List.of(grid.divided(at.emit(new Where(), at.in(0), x, y)));
  }

  private static List<Value> conv(OnnxNodeContext at) {
    BorrowedNode plain = new BorrowedNode(at, "QLinearConv");
    List<Optional<Value>> in =
        new ArrayList<>(IntStream.range(0, at.operands()).mapToObj(at::any).toList());
    return List.of(
        turned(
            at,
            at.in(0),
            first -> {
              in.set(0, Optional.of(first));
              return plain.on(in, List.of()).get(0);
            }));
  }

  /** Shares times how many steps the answer's scale has in one, which ONNX Runtime cuts off. */
  private static List<Value> softmax(OnnxNodeContext at) {
    OnnxSteps steps = new OnnxSteps(at);
    boolean rows = at.attributes().integer("opset", 1) < 13;
    Shape shape = at.shape(0);
    int axis = shape.axis(at.attributes().integer("axis", rows ? 1 : -1));
    Value x = real(at, 0);
    Value flat = rows ? steps.reshape(x, ShapeRules.matrix(shape, axis)) : x;
    Value shares = at.emit(new Softmax(rows ? 1 : axis, false), flat);
    double count = Math.floor(1f / (float) at.require(3).doubleAt(0));
    Value y = QuantizationRange.of(at, 3, at.dtype(0)).rounded(steps.times(shares, count));
    return List.of(steps.reshape(y, shape));
  }
}
