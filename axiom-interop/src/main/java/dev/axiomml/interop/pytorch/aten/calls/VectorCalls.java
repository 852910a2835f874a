package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Max;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.reduce.ReduceL2;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import java.util.List;

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
    requireEuclid(call);
    Value apart = call.emit(new Sub(), call.tensor("x1"), call.tensor("x2"));
    Value moved =
        call.emit(new Add(), apart, call.constant(call.number("eps"), apart.type().dtype()));
    int last = moved.type().shape().rank() - 1;
    return call.emit(new ReduceL2(List.of(last), call.flag("keepdim")), moved);
  }

  /** The distance of every row of one matrix from every row of another. */
  static Value distances(AtenCall call) {
    requireEuclid(call);
    Value a = call.tensor("x1");
    int rank = a.type().shape().rank();
    Value rows = call.inserted(a, rank - 1);
    Value columns = call.inserted(call.tensor("x2"), rank - 2);
    Value squares = call.emit(new Square(), call.emit(new Sub(), rows, columns));
    return call.emit(new Sqrt(), call.emit(new ReduceSum(List.of(rank), false), squares));
  }

  private static void requireEuclid(AtenCall call) {
    if (call.number("p") != 2) {
      throw call.refused(
          "a distance of order " + call.number("p"), "order 2 is known", "write the distance out");
    }
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

  /** Each position of an axis minus the one before. */
  static Value differences(AtenCall call) {
    Value x = call.tensor("self");
    int axis = call.axis("dim", x);
    Dim count = x.type().shape().dim(axis).plus(-1);
    if (call.whole("n") != 1) {
      throw call.refused("diff of order " + call.whole("n"), "order 1 is known", "call it again");
    }
    Value later = call.emit(new dev.axiomml.core.op.move.Slice(axis, Dim.ONE, count, 1), x);
    return call.emit(
        new Sub(),
        later,
        call.emit(new dev.axiomml.core.op.move.Slice(axis, Dim.ZERO, count, 1), x));
  }
}
