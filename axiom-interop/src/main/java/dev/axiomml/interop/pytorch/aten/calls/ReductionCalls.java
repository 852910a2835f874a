package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.index.ArgMax;
import dev.axiomml.core.op.index.ArgMin;
import dev.axiomml.core.op.index.TopK;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Logic;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.op.reduce.ReduceL1;
import dev.axiomml.core.op.reduce.ReduceL2;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.reduce.ReduceMin;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.IsNan;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.Sign;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.TypePromotion;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

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

  /** The largest or smallest of an axis, and where it is. */
  static List<Value> extreme(AtenCall call, Over over, boolean largest) {
    Value x = call.tensor("self");
    boolean keep = call.isSet("keepdim");
    int axis = call.axis("dim", x);
    Value best = call.emit(over.op(List.of(axis), keep), x);
    return List.of(best, place(call, x, new BestOfAxis(axis, keep, largest)));
  }

  /** What is looked for along an axis. */
  private record BestOfAxis(int axis, boolean keep, boolean largest) {}

  /** Where the best of an axis is; whole numbers are compared as such. */
  private static Value place(AtenCall call, Value x, BestOfAxis best) {
    int axis = best.axis;
    boolean keep = best.keep;
    boolean largest = best.largest;
    if (x.type().dtype().isFloat()) {
      return call.emit(largest ? new ArgMax(axis, keep, false) : new ArgMin(axis, keep, false), x);
    }
    Value whole = x.type().dtype().isInteger() ? x : TypePromotion.cast(call, x, DType.UINT8);
    Value at = call.emitAll(new TopK(1, axis, largest), List.of(whole)).get(1);
    return keep ? at : call.removed(at, axis);
  }

  /** The position of the best element, of an axis or of the flattened tensor. */
  static Value position(AtenCall call, boolean largest) {
    Value x = call.tensor("self");
    boolean keep = call.isSet("keepdim");
    if (call.given("dim")) {
      return place(call, x, new BestOfAxis(call.axis("dim", x), keep, largest));
    }
    Value flat = call.reshaped(x, List.of(x.type().shape().volume()));
    Value at = place(call, flat, new BestOfAxis(0, false, largest));
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

  /** The spread or its root, and the mean. */
  static List<Value> withMean(AtenCall call, boolean root) {
    Value mean = call.emit(meanOf(call), call.tensor("self"));
    return List.of(root ? deviation(call) : variance(call), mean);
  }

  private static Op meanOf(AtenCall call) {
    return new ReduceMean(call.wholes("dim"), call.isSet("keepdim"));
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
    Value sizes = call.emit(new Abs(), typed(call));
    return norm(call, order, sizes, new AxesLeft(call.wholes("dim"), call.isSet("keepdim")));
  }

  /** Axes that are reduced, and whether they stay with size one. */
  record AxesLeft(List<Integer> axes, boolean keep) {}

  /**
   * A norm of magnitudes: an extreme of them, how many are not 0, or the root of a sum of powers.
   */
  static Value norm(AtenCall call, double order, Value sizes, AxesLeft over) {
    List<Integer> axes = over.axes;
    boolean keep = over.keep;
    if (Double.isInfinite(order)) {
      return call.emit(order > 0 ? new ReduceMax(axes, keep) : new ReduceMin(axes, keep), sizes);
    }
    Value powers = order == 0 ? call.emit(new Sign(), sizes) : power(call, sizes, order);
    Value sum = call.emit(new ReduceSum(axes, keep), powers);
    return order == 0 ? sum : power(call, sum, 1 / order);
  }

  private static Value power(AtenCall call, Value x, double order) {
    return order == 1 ? x : call.emit(order == 2 ? new Square() : new PowConstant(order), x);
  }

  /** A reduction of what is a number. */
  static Value known(AtenCall call, boolean mean) {
    Value x = typed(call);
    boolean whole = !x.type().dtype().isFloat();
    Op sum = new ReduceSum(call.wholes("dim"), call.isSet("keepdim"));
    if (whole) {
      return call.emit(sum, x);
    }
    Value broken = call.emit(new IsNan(), x);
    Value zero = call.constant(0, x.type().dtype());
    Value total = call.emit(sum, call.emit(new Where(), broken, zero, x));
    if (!mean) {
      return total;
    }
    Value known = call.emit(new Logic(Logic.Kind.NOT), broken);
    Value count = call.emit(sum, TypePromotion.cast(call, known, x.type().dtype()));
    return call.emit(new Div(), total, count);
  }

  /** How many elements are not zero. */
  static Value notZero(AtenCall call) {
    Value truths = TypePromotion.cast(call, call.tensor("self"), DType.BOOL);
    Value ones = TypePromotion.cast(call, truths, DType.INT64);
    return call.emit(new ReduceSum(call.wholes("dim"), false), ones);
  }

  /** The smallest and the largest. */
  static List<Value> extremes(AtenCall call) {
    Value x = call.tensor("self");
    List<Integer> axes = call.wholes("dim");
    boolean keep = call.isSet("keepdim");
    return List.of(
        call.emit(new ReduceMin(axes, keep), x), call.emit(new ReduceMax(axes, keep), x));
  }

  /** {@code self + value · first · second}. */
  static Value addcmul(AtenCall call) {
    DType dtype = TypePromotion.of(call.item("self"), call.item("tensor1"), call.item("tensor2"));
    List<Value> in =
        Stream.of("self", "tensor1", "tensor2")
            .map(name -> TypePromotion.cast(call, call.tensor(name), dtype))
            .toList();
    Value product = call.emit(new Mul(), in.get(1), in.get(2));
    Value scaled = ArithmeticCalls.scaled(call, product, call.number("value"));
    return call.emit(new Add(), in.get(0), scaled);
  }
}
