package dev.axiomml.interop.onnx.rules;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.index.ArgMax;
import dev.axiomml.core.op.index.ArgMin;
import dev.axiomml.core.op.index.IntegerTopK;
import dev.axiomml.core.op.index.TopK;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.norm.Hardmax;
import dev.axiomml.core.op.norm.LogSoftmax;
import dev.axiomml.core.op.norm.LpNormalization;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Arithmetic;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.reduce.IntegerCumSum;
import dev.axiomml.core.op.reduce.IntegerReduction;
import dev.axiomml.core.op.reduce.ReduceL1;
import dev.axiomml.core.op.reduce.ReduceL2;
import dev.axiomml.core.op.reduce.ReduceLogSumExp;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.reduce.ReduceMin;
import dev.axiomml.core.op.reduce.ReduceProd;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.Log;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Functions of whole rows: softmax, reductions, extremes, sorting. */
public final class RowRules {
  /** A reduction over axes, which may stay with size 1. */
  private interface Reducing extends BiFunction<List<Integer>, Boolean, Op> {}

  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("ArgMax", at -> arg(at, true)),
          entry("ArgMin", at -> arg(at, false)),
          entry("CumSum", RowRules::cumSum),
          entry("Hardmax", at -> rows(at, Hardmax::new)),
          entry("LogSoftmax", at -> rows(at, LogSoftmax::new)),
          entry("LpNormalization", RowRules::lpNormalization),
          entry("ReduceL1", reduced(ReduceL1::new)),
          entry("ReduceL2", reduced(ReduceL2::new)),
          entry("ReduceLogSum", RowRules::logSum),
          entry("ReduceLogSumExp", RowRules::logSumExp),
          entry("ReduceMax", reduced(ReduceMax::new)),
          entry("ReduceMean", reduced(ReduceMean::new)),
          entry("ReduceMin", reduced(ReduceMin::new)),
          entry("ReduceProd", reduced(ReduceProd::new)),
          entry("ReduceSum", reduced(ReduceSum::new)),
          entry("ReduceSumSquare", RowRules::sumSquare),
          entry("Softmax", at -> rows(at, axis -> new Softmax(axis, true))),
          entry("TopK", RowRules::topK));

  private RowRules() {}

  /** Before opset 13 all axes from {@code axis} on are one row. */
  private static List<Value> rows(OnnxNodeContext at, Function<Integer, Op> op) {
    Shape shape = at.shape(0);
    if (at.version() >= 13) {
      return List.of(at.emit(op.apply(at.attributes().integer("axis", -1)), at.in(0)));
    }
    int axis = at.attributes().integer("axis", 1);
    int front = shape.axis(axis);
    if (front == shape.rank() - 1) {
      return List.of(at.emit(op.apply(-1), at.in(0)));
    }
    Value rows = at.emit(new Reshape(ShapeRules.matrix(shape, front)), at.in(0));
    return List.of(at.emit(new Reshape(shape), at.emit(op.apply(-1), rows)));
  }

  /** Empty where nothing is to be reduced. */
  private static Optional<List<Integer>> axes(OnnxNodeContext at) {
    List<Integer> stated = at.integers("axes", 1).orElse(List.of());
    boolean passes = at.attributes().flag("noop_with_empty_axes", false);
    boolean nothing = stated.isEmpty() && passes;
    at.attributes().pass("keepdims"); // nothing is left out where nothing is reduced
    List<Integer> all = IntStream.range(0, at.rank(0)).boxed().toList();
    return nothing ? Optional.empty() : Optional.of(stated.isEmpty() ? all : stated);
  }

  private static boolean keep(OnnxNodeContext at) {
    return at.attributes().flag("keepdims", true);
  }

  private static OnnxRule reduced(Reducing op) {
    return at -> List.of(over(at, op, at.in(0)));
  }

  /** Integers that doubles hold exactly go by doubles; wider ones are refused. */
  private static Value over(OnnxNodeContext at, Reducing op, Value x) {
    Optional<List<Integer>> axes = axes(at);
    DType dtype = x.type().dtype();
    if (axes.isEmpty() || (axes.get().isEmpty() && dtype.isFloat())) {
      return elementwise(at, op, x);
    }
    Op reduction = op.apply(axes.get(), keep(at));
    Optional<IntegerReduction> whole = IntegerReduction.twin(reduction);
    if (dtype.isFloat() || (whole.isPresent() && dtype.isInteger())) {
      return at.emit(dtype.isFloat() ? reduction : whole.get(), x);
    }
    Type out = reduction.infer(List.of(Type.of(x.type().shape(), DType.FLOAT64))).get(0);
    return at.run(
            List.of(Type.of(out.shape(), dtype)),
            (settings, in) -> ExactIntegers.reduced(reduction, in.get(0).orElseThrow().tensor()))
        .get(0);
  }

  private static Value elementwise(OnnxNodeContext at, Reducing op, Value x) {
    Op each = op.apply(List.of(0), false);
    if (each instanceof ReduceL1 || each instanceof ReduceL2) {
      return at.emit(new Abs(), x);
    }
    return x;
  }

  private static List<Value> logSumExp(OnnxNodeContext at) {
    if (!at.dtype(0).isFloat()) {
      throw at.refuse("ReduceLogSumExp of " + at.dtype(0), "a logarithm is no whole number");
    }
    return List.of(over(at, ReduceLogSumExp::new, at.in(0)));
  }

  private static List<Value> logSum(OnnxNodeContext at) {
    return List.of(at.emit(new Log(), over(at, ReduceSum::new, at.in(0))));
  }

  private static List<Value> sumSquare(OnnxNodeContext at) {
    if (at.dtype(0).isFloat()) {
      return List.of(over(at, ReduceSum::new, at.emit(new Square(), at.in(0))));
    }
    return List.of(
        over(
            at,
            ReduceSum::new,
            at.emit(new Arithmetic(Arithmetic.Kind.MUL), at.in(0), at.in(0))));
  }

  private static List<Value> arg(OnnxNodeContext at, boolean largest) {
    int axis = at.attributes().integer("axis", 0);
    boolean last = at.attributes().flag("select_last_index", false);
    if (!at.dtype(0).isFloat() && !last) {
      Value place = at.emitAll(new IntegerTopK(1, axis, largest), List.of(at.in(0))).get(1);
      return List.of(keep(at) ? place : at.emit(new Reshape(without(at.shape(0), axis)), place));
    }
    Value x = at.dtype(0).isFloat() ? at.in(0) : at.emit(new Cast(ExactIntegers.wide(at)), at.in(0));
    Op op = largest ? new ArgMax(axis, keep(at), last) : new ArgMin(axis, keep(at), last);
    return List.of(at.emit(op, x));
  }

  private static List<Value> cumSum(OnnxNodeContext at) {
    int axis = Math.toIntExact(at.require(1).longAt(0));
    boolean exclusive = at.attributes().flag("exclusive", false);
    boolean reverse = at.attributes().flag("reverse", false);
    Op op =
        at.dtype(0).isFloat()
            ? new CumSum(axis, exclusive, reverse)
            : new IntegerCumSum(axis, exclusive, reverse);
    return List.of(at.emit(op, at.in(0)));
  }

  private static List<Value> lpNormalization(OnnxNodeContext at) {
    int axis = at.attributes().integer("axis", -1);
    return List.of(
        at.emit(new LpNormalization(axis, at.attributes().integer("p", 2), 0), at.in(0)));
  }

  private static List<Value> topK(OnnxNodeContext at) {
    int axis = at.attributes().integer("axis", -1);
    int k =
        at.version() < 10
            ? at.attributes().integer("k", 1)
            : Math.toIntExact(at.require(1).longAt(0));
    boolean largest = at.attributes().flag("largest", true);
    at.attributes().flag("sorted", true); // where any order is right, the sorted one is
    Op op =
        at.dtype(0).isFloat() ? new TopK(k, axis, largest) : new IntegerTopK(k, axis, largest);
    return at.emitAll(op, List.of(at.in(0)));
  }

  private static Shape without(Shape shape, int axis) {
    int at = shape.axis(axis);
    return shape.sub(0, at).concat(shape.sub(at + 1, shape.rank()));
  }

  /** One size of a shape, which may be symbolic. */
  static Dim size(OnnxNodeContext at, int axis) {
    return at.shape(0).dim(axis);
  }
}
