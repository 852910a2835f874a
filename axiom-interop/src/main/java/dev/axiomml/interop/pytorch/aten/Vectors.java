package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Add;
import dev.axiomml.core.op.Div;
import dev.axiomml.core.op.MatMul;
import dev.axiomml.core.op.Max;
import dev.axiomml.core.op.Mul;
import dev.axiomml.core.op.ReduceL2;
import dev.axiomml.core.op.ReduceSum;
import dev.axiomml.core.op.Sqrt;
import dev.axiomml.core.op.Square;
import dev.axiomml.core.op.Sub;
import dev.axiomml.core.tensor.Dim;
import java.util.List;

/** Products and distances of vectors. */
final class Vectors {
  private Vectors() {}

  /** Every element of one vector times every one of another. */
  static Value outer(Call call) {
    Value column = call.inserted(call.tensor("self"), 1);
    return call.emit(new Mul(), column, call.tensor("vec2"));
  }

  /** A matrix times a vector. */
  static Value matrix(Call call) {
    Value column = call.inserted(call.tensor("vec"), 1);
    return call.removed(call.emit(new MatMul(), call.tensor("self"), column), 1);
  }

  static Value dot(Call call, String other) {
    Value products = call.emit(new Mul(), call.tensor("self"), call.tensor(other));
    return call.emit(new ReduceSum(List.of(0), false), products);
  }

  /** The cosine of the angle between two vectors along an axis, neither shorter than eps. */
  static Value cosine(Call call) {
    Value a = call.tensor("x1");
    List<Integer> axes = List.of(call.axis("dim", a));
    Value products = call.emit(new Mul(), unit(call, a, axes), unit(call, call.tensor("x2"), axes));
    return call.emit(new ReduceSum(axes, false), products);
  }

  private static Value unit(Call call, Value x, List<Integer> axes) {
    Value least = call.constant(call.number("eps"), x.type().dtype());
    Value length = call.emit(new Max(), call.emit(new ReduceL2(axes, true), x), least);
    return call.emit(new Div(), x, length);
  }

  /** The length of the difference along the last axis, eps added to each element of it. */
  static Value distance(Call call) {
    requireEuclid(call);
    Value apart = call.emit(new Sub(), call.tensor("x1"), call.tensor("x2"));
    Value moved =
        call.emit(new Add(), apart, call.constant(call.number("eps"), apart.type().dtype()));
    int last = moved.type().shape().rank() - 1;
    return call.emit(new ReduceL2(List.of(last), call.flag("keepdim")), moved);
  }

  /** The distance of every row of one matrix from every row of another. */
  static Value distances(Call call) {
    requireEuclid(call);
    Value a = call.tensor("x1");
    int rank = a.type().shape().rank();
    Value rows = call.inserted(a, rank - 1);
    Value columns = call.inserted(call.tensor("x2"), rank - 2);
    Value squares = call.emit(new Square(), call.emit(new Sub(), rows, columns));
    return call.emit(new Sqrt(), call.emit(new ReduceSum(List.of(rank), false), squares));
  }

  private static void requireEuclid(Call call) {
    if (call.number("p") != 2) {
      throw call.refused(
          "a distance of order " + call.number("p"), "order 2 is known", "write the distance out");
    }
  }

  /** {@code self + weight · (end − self)}. */
  static Value between(Call call) {
    Value start = call.tensor("self");
    Value way = call.emit(new Sub(), call.tensor("end"), start);
    Value part =
        call.isTensor("weight")
            ? call.emit(new Mul(), way, call.tensor("weight"))
            : Arithmetic.scaled(call, way, call.number("weight"));
    return call.emit(new Add(), start, part);
  }

  /** Each position of an axis minus the one before. */
  static Value differences(Call call) {
    Value x = call.tensor("self");
    int axis = call.axis("dim", x);
    Dim count = x.type().shape().dim(axis).plus(-1);
    if (call.whole("n") != 1) {
      throw call.refused("diff of order " + call.whole("n"), "order 1 is known", "call it again");
    }
    Value later = call.emit(new dev.axiomml.core.op.Slice(axis, Dim.ONE, count, 1), x);
    return call.emit(
        new Sub(), later, call.emit(new dev.axiomml.core.op.Slice(axis, Dim.ZERO, count, 1), x));
  }
}
