package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.index.ArgMax;
import dev.axiomml.core.op.index.ArgMin;
import dev.axiomml.core.op.index.TopK;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.reduce.ReduceL1;
import dev.axiomml.core.op.reduce.ReduceL2;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.reduce.ReduceMin;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.TypePromotion;
import java.util.Collections;
import java.util.List;

/** Many elements taken together. */
final class ReductionCalls {
  private ReductionCalls() {}

  /** An operator over some axes; none named means all. */
  @FunctionalInterface
  interface Over {
    Op op(List<Integer> axes, boolean keep);
  }

  static Value over(AtenCall call, Over over) {
    return call.emit(over.op(call.wholes("dim"), call.isSet("keepdim")), typed(call));
  }

  /** Over all axes. */
  static Value all(AtenCall call, Over over) {
    return call.emit(over.op(List.of(), false), typed(call));
  }

  /**
   * The tensor in the element type that it is reduced in: the one that is asked for, else its own;
   * what may ask sums and multiplies whole numbers as int64.
   */
  private static Value typed(AtenCall call) {
    Value x = call.tensor("self");
    if (!call.knows("dtype")) {
      return x;
    }
    boolean whole = !x.type().dtype().isFloat();
    DType own = whole ? DType.INT64 : x.type().dtype();
    return TypePromotion.cast(call, x, call.dtype("dtype").orElse(own));
  }

  static Value cumulative(AtenCall call) {
    Value x = typed(call);
    return call.emit(new CumSum(call.axis("dim", x), false, false), x);
  }

  /** The largest of an axis, and where it is. */
  static List<Value> max(AtenCall call) {
    return extreme(call, ReduceMax::new, (axis, keep) -> new ArgMax(axis, keep, false));
  }

  static List<Value> min(AtenCall call) {
    return extreme(call, ReduceMin::new, (axis, keep) -> new ArgMin(axis, keep, false));
  }

  /** Where the best element of an axis is. */
  @FunctionalInterface
  interface Where {
    Op op(int axis, boolean keep);
  }

  private static List<Value> extreme(AtenCall call, Over over, Where where) {
    Value x = call.tensor("self");
    boolean keep = call.isSet("keepdim");
    int axis = call.axis("dim", x);
    Value best = call.emit(over.op(List.of(axis), keep), x);
    return List.of(best, call.emit(where.op(axis, keep), ordered(call, x)));
  }

  /** Whole numbers as floats that keep their order. */
  private static Value ordered(AtenCall call, Value x) {
    return x.type().dtype().isFloat() ? x : TypePromotion.cast(call, x, DType.FLOAT64);
  }

  /** The position of the best element, of an axis or of the flattened tensor. */
  static Value position(AtenCall call, Where where) {
    Value x = ordered(call, call.tensor("self"));
    boolean keep = call.isSet("keepdim");
    if (call.given("dim")) {
      return call.emit(where.op(call.axis("dim", x), keep), x);
    }
    Value flat = call.reshaped(x, List.of(x.type().shape().volume()));
    Value at = call.emit(where.op(0, false), flat);
    int rank = x.type().shape().rank();
    return keep ? call.reshaped(at, Collections.nCopies(rank, Dim.ONE)) : at;
  }

  static List<Value> topK(AtenCall call) {
    Value x = call.tensor("self");
    TopK op = new TopK(call.whole("k"), call.axis("dim", x), call.flag("largest"));
    return call.emitAll(op, List.of(x));
  }

  /** The spread around the mean; the correction is what the count is lowered by. */
  static Value variance(AtenCall call) {
    Value x = call.tensor("self");
    List<Integer> axes = call.wholes("dim");
    Value apart = call.emit(new Sub(), x, call.emit(new ReduceMean(axes, true), x));
    Value mean =
        call.emit(new ReduceMean(axes, call.isSet("keepdim")), call.emit(new Square(), apart));
    double correction = correction(call);
    if (correction == 0) {
      return mean;
    }
    double count = count(x.type().shape(), axes);
    return ArithmeticCalls.scaled(call, mean, count / Math.max(0, count - correction));
  }

  static Value deviation(AtenCall call) {
    return call.emit(new Sqrt(), variance(call));
  }

  private static double correction(AtenCall call) {
    if (call.given("correction")) {
      return call.number("correction");
    }
    return call.given("unbiased") && !call.flag("unbiased") ? 0 : 1;
  }

  private static double count(Shape shape, List<Integer> axes) {
    double count = 1;
    for (int axis = 0; axis < shape.rank(); axis++) {
      boolean counts = axes.isEmpty() || axes.contains(axis) || axes.contains(axis - shape.rank());
      count *= counts ? shape.dim(axis).value() : 1;
    }
    return count;
  }

  /** Vector norms: the sum, the Euclidean length, the extremes of magnitudes. */
  static Value norm(AtenCall call, String named) {
    double order = call.given(named) ? call.number(named) : 2;
    if (order == 1) {
      return over(call, ReduceL1::new);
    }
    if (order == 2) {
      return over(call, ReduceL2::new);
    }
    if (!Double.isInfinite(order)) {
      throw call.refused(
          "a norm of order " + order, "orders 1, 2 and infinity are known", "write the norm out");
    }
    Over extreme = order > 0 ? ReduceMax::new : ReduceMin::new;
    Value sizes = call.emit(new Abs(), typed(call));
    return call.emit(extreme.op(call.wholes("dim"), call.isSet("keepdim")), sizes);
  }

  /** {@code self + value · first · second}. */
  static Value addcmul(AtenCall call) {
    Value product = call.emit(new Mul(), call.tensor("tensor1"), call.tensor("tensor2"));
    return call.emit(
        new Add(),
        call.tensor("self"),
        ArithmeticCalls.scaled(call, product, call.number("value")));
  }
}
