package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Add;
import dev.axiomml.core.op.ArgMax;
import dev.axiomml.core.op.ArgMin;
import dev.axiomml.core.op.CumSum;
import dev.axiomml.core.op.Max;
import dev.axiomml.core.op.Min;
import dev.axiomml.core.op.Mul;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.ReduceL1;
import dev.axiomml.core.op.ReduceL2;
import dev.axiomml.core.op.ReduceMax;
import dev.axiomml.core.op.ReduceMean;
import dev.axiomml.core.op.ReduceMin;
import dev.axiomml.core.op.ReduceSum;
import dev.axiomml.core.op.Sqrt;
import dev.axiomml.core.op.Square;
import dev.axiomml.core.op.Sub;
import dev.axiomml.core.op.TopK;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import java.util.List;

/** Many elements taken together. */
final class Reductions {
  private Reductions() {}

  /** An operator over some axes; none named means all. */
  @FunctionalInterface
  interface Over {
    Op op(List<Integer> axes, boolean keep);
  }

  static Value over(Call call, Over over) {
    return call.emit(over.op(call.wholes("dim"), call.flag("keepdim")), typed(call));
  }

  /** Over all axes. */
  static Value all(Call call, Over over) {
    return call.emit(over.op(List.of(), false), typed(call));
  }

  private static Value typed(Call call) {
    Value x = call.tensor("self");
    boolean asked = call.knows("dtype") && call.dtype("dtype").isPresent();
    return asked ? Promotion.cast(call, x, call.dtype("dtype").orElseThrow()) : x;
  }

  static Value cumulative(Call call) {
    Value x = typed(call);
    return call.emit(new CumSum(call.axis("dim", x), false, false), x);
  }

  /** {@code max} in its three forms: of all, of an axis with positions, of two tensors. */
  static Item max(Call call) {
    return extreme(call, ReduceMax::new, new Max(), (axis, keep) -> new ArgMax(axis, keep, false));
  }

  static Item min(Call call) {
    return extreme(call, ReduceMin::new, new Min(), (axis, keep) -> new ArgMin(axis, keep, false));
  }

  /** Where the best element of an axis is. */
  @FunctionalInterface
  interface Where {
    Op op(int axis, boolean keep);
  }

  private static Item extreme(Call call, Over over, Op pair, Where where) {
    Value x = call.tensor("self");
    if (call.item("dim") instanceof Item.Flow || call.item("dim") instanceof Item.Weight) {
      return Arithmetic.flow(call.emit(pair, x, call.tensor("dim")));
    }
    if (!call.given("dim")) {
      return Arithmetic.flow(call.emit(over.op(List.of(), false), x));
    }
    boolean keep = call.flag("keepdim");
    int axis = call.axis("dim", x);
    Value best = call.emit(over.op(List.of(axis), keep), x);
    return Item.tensors(List.of(best, call.emit(where.op(axis, keep), x)));
  }

  /** The position of the best element, of an axis or of the flattened tensor. */
  static Value position(Call call, Where where) {
    Value given = call.tensor("self");
    boolean whole = !given.type().dtype().isFloat();
    Value x = whole ? Promotion.cast(call, given, DType.FLOAT64) : given;
    if (call.given("dim")) {
      return call.emit(where.op(call.axis("dim", x), call.flag("keepdim")), x);
    }
    Value flat = call.reshaped(x, List.of(x.type().shape().volume()));
    return call.emit(where.op(0, false), flat);
  }

  static List<Value> topK(Call call) {
    Value x = call.tensor("self");
    TopK op = new TopK(call.whole("k"), call.axis("dim", x), call.flag("largest"));
    return call.emitAll(op, List.of(x));
  }

  /** The spread around the mean; the correction is what the count is lowered by. */
  static Value variance(Call call) {
    Value x = call.tensor("self");
    List<Integer> axes = call.wholes("dim");
    Value apart = call.emit(new Sub(), x, call.emit(new ReduceMean(axes, true), x));
    Value mean =
        call.emit(new ReduceMean(axes, call.flag("keepdim")), call.emit(new Square(), apart));
    double correction = correction(call);
    if (correction == 0) {
      return mean;
    }
    double count = count(x.type().shape(), axes);
    return Arithmetic.scaled(call, mean, count / (count - correction));
  }

  static Value deviation(Call call) {
    return call.emit(new Sqrt(), variance(call));
  }

  private static double correction(Call call) {
    if (call.item("unbiased") instanceof Item.Flag flag) {
      return flag.value() ? 1 : 0;
    }
    return call.given("correction") ? call.number("correction") : 1;
  }

  private static double count(Shape shape, List<Integer> axes) {
    double count = 1;
    for (int axis = 0; axis < shape.rank(); axis++) {
      boolean counts = axes.isEmpty() || axes.contains(axis) || axes.contains(axis - shape.rank());
      count *= counts ? shape.dim(axis).value() : 1;
    }
    return count;
  }

  /** Vector norms of order 1, 2 and infinity. */
  static Value norm(Call call) {
    double order = call.given("ord") ? call.number("ord") : 2;
    if (order == 1) {
      return over(call, ReduceL1::new);
    }
    if (order == 2) {
      return over(call, ReduceL2::new);
    }
    throw call.refused(
        "a norm of order " + order, "orders 1 and 2 are known", "write the norm out");
  }

  /** {@code self + value · first · second}. */
  static Value addcmul(Call call) {
    Value product = call.emit(new Mul(), call.tensor("tensor1"), call.tensor("tensor2"));
    return call.emit(
        new Add(), call.tensor("self"), Arithmetic.scaled(call, product, call.number("value")));
  }

  /** Sums of integers and booleans are int64 in PyTorch. */
  static Value sum(Call call) {
    Value x = call.tensor("self");
    boolean counts = !x.type().dtype().isFloat() && call.dtype("dtype").isEmpty();
    if (!counts) {
      return over(call, ReduceSum::new);
    }
    Value whole = Promotion.cast(call, x, DType.INT64);
    return call.emit(new ReduceSum(call.wholes("dim"), call.flag("keepdim")), whole);
  }
}
