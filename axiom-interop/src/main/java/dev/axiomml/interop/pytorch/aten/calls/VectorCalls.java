package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Logic;
import dev.axiomml.core.op.pair.Max;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.reduce.ReduceL2;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.TypePromotion;
import java.util.List;
import java.util.stream.Stream;

/** Products and distances of vectors. */
final class VectorCalls {
  private VectorCalls() {}

  /** Every element of one vector times every one of another. */
  static Value outer(AtenCall call) {
    Value column = call.inserted(call.tensor("self"), 1);
    return call.emit(new Mul(), column, call.tensor("vec2"));
  }

  /** A matrix times a vector. */
  static Value matrix(AtenCall call) {
    Value column = call.inserted(call.tensor("vec"), 1);
    return call.removed(call.emit(new MatMul(), call.tensor("self"), column), 1);
  }

  static Value dot(AtenCall call, String other) {
    Value products = call.emit(new Mul(), call.tensor("self"), call.tensor(other));
    return call.emit(new ReduceSum(List.of(0), false), products);
  }

  /** The cosine of the angle between two vectors along an axis, neither shorter than eps. */
  static Value cosine(AtenCall call) {
    Value a = call.tensor("x1");
    List<Integer> axes = List.of(call.axis("dim", a));
    Value products = call.emit(new Mul(), unit(call, a, axes), unit(call, call.tensor("x2"), axes));
    return call.emit(new ReduceSum(axes, false), products);
  }

  private static Value unit(AtenCall call, Value x, List<Integer> axes) {
    Value least = call.constant(call.number("eps"), x.type().dtype());
    Value length = call.emit(new Max(), call.emit(new ReduceL2(axes, true), x), least);
    return call.emit(new Div(), x, length);
  }

  /** The length of the difference along the last axis, eps added to each element of it. */
  static Value distance(AtenCall call) {
    List<Value> pair = ArithmeticCalls.pair(call, "x1", "x2");
    Value apart = call.emit(new Sub(), pair.get(0), pair.get(1));
    Value moved =
        call.emit(new Add(), apart, call.constant(call.number("eps"), apart.type().dtype()));
    return length(call, moved, call.flag("keepdim"));
  }

  /** The distance of every row of one matrix from every row of another. */
  static Value distances(AtenCall call) {
    Value a = call.tensor("x1");
    int rank = a.type().shape().rank();
    Value rows = call.inserted(a, rank - 1);
    Value columns = call.inserted(call.tensor("x2"), rank - 2);
    return length(call, call.emit(new Sub(), rows, columns), false);
  }

  /** The norm of order p along the last axis. */
  private static Value length(AtenCall call, Value x, boolean keep) {
    List<Integer> last = List.of(x.type().shape().rank() - 1);
    double order = call.number("p");
    return order == 2
        ? call.emit(new ReduceL2(last, keep), x)
        : ReductionCalls.norm(
            call, order, call.emit(new Abs(), x), new ReductionCalls.AxesLeft(last, keep));
  }

  /** {@code self + weight · (end − self)}. */
  static Value between(AtenCall call) {
    Value start = call.tensor("self");
    Value way = call.emit(new Sub(), call.tensor("end"), start);
    Value part =
        call.isTensor("weight")
            ? call.emit(new Mul(), way, call.tensor("weight"))
            : ArithmeticCalls.scaled(call, way, call.number("weight"));
    return call.emit(new Add(), start, part);
  }

  /** Each position of an axis minus the one before, as often as asked. */
  static Value differences(AtenCall call) {
    List<AtenItem> parts =
        Stream.of("prepend", "self", "append")
            .map(call::item)
            .filter(VectorCalls::isGiven)
            .toList();
    DType dtype = TypePromotion.of(parts);
    List<Value> in =
        parts.stream().map(p -> TypePromotion.cast(call, call.value(p, "self"), dtype)).toList();
    int axis = call.axis("dim", in.get(0));
    Value x = in.size() == 1 ? in.get(0) : call.emitAll(new Concat(axis), in).get(0);
    for (int i = 0; i < call.whole("n"); i++) {
      x = difference(call, x, axis);
    }
    return x;
  }

  private static boolean isGiven(AtenItem item) {
    return !(item instanceof AtenItem.Nothing);
  }

  private static Value difference(AtenCall call, Value x, int axis) {
    Dim count = x.type().shape().dim(axis).plus(-1);
    Value later = call.emit(new Slice(axis, Dim.ONE, count, 1), x);
    Value former = call.emit(new Slice(axis, Dim.ZERO, count, 1), x);
    return x.type().dtype() == DType.BOOL
        ? call.emit(new Logic(Logic.Kind.XOR), later, former)
        : call.emit(new Sub(), later, former);
  }
}
