package dev.axiomml.interop.onnx.node;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Concat;
import dev.axiomml.core.op.move.Expand;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.reduce.CumSum;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Small steps that rules are put together from, all named after one node.
 *
 * @param at the node
 */
public record OnnxSteps(OnnxNodeContext at) {
  public static Shape shape(Value x) {
    return x.type().shape();
  }

  public Value plus(Value a, Value b) {
    return at.emit(new Add(), a, b);
  }

  public Value plus(Value a, double number) {
    return number == 0 ? a : plus(a, at.scalar(a.type().dtype(), number));
  }

  public Value minus(Value a, Value b) {
    return at.emit(new Sub(), a, b);
  }

  public Value times(Value a, Value b) {
    return at.emit(new Mul(), a, b);
  }

  public Value times(Value a, double number) {
    return number == 1 ? a : times(a, at.scalar(a.type().dtype(), number));
  }

  public Value over(Value a, Value b) {
    return at.emit(new Div(), a, b);
  }

  public Value product(Value a, Value b) {
    return at.emit(new MatMul(), a, b);
  }

  public Value cast(Value x, DType to) {
    return x.type().dtype() == to ? x : at.emit(new Cast(to), x);
  }

  public Value reshape(Value x, Shape to) {
    return shape(x).equals(to) ? x : at.emit(new Reshape(to), x);
  }

  /**
   * One axis of a size after the other, so that sizes still open are checked when they are known.
   */
  public Value sized(Value x, Shape to) {
    if (shape(x).rank() != to.rank() || !shape(x).matches(to)) {
      throw at.refuse(
          at.op() + " of sizes " + shape(x) + " where " + to + " are wanted",
          "its operands fit each other without more being broadcast");
    }
    Value y = x;
    for (int axis = 0; axis < to.rank(); axis++) {
      y = reshape(y, shape(y).with(axis, to.dim(axis))); // it looks at the product of all sizes
    }
    return y;
  }

  public Value permute(Value x, int... order) {
    return at.emit(Permute.of(order), x);
  }

  public Value concat(int axis, Value a, Value b) {
    return at.emit(new Concat(axis), a, b);
  }

  /** Neighbouring positions of an axis. */
  public Value slice(Value x, int axis, Dim start, Dim count) {
    return at.emit(new Slice(axis, start, count, 1), x);
  }

  /** The elements of the first where a condition holds, else a number. */
  public Value where(Value condition, Value x, double otherwise) {
    return at.emit(new Where(), condition, x, at.scalar(x.type().dtype(), otherwise));
  }

  /** A value with a new axis of size 1. */
  public Value unsqueeze(Value x, int axis) {
    List<Dim> dims = new ArrayList<>(shape(x).dims());
    dims.add(axis < 0 ? axis + dims.size() + 1 : axis, Dim.ONE);
    return reshape(x, new Shape(dims));
  }

  /** Each position of an axis that many times in a row. */
  public Value repeat(Value x, int axis, long times) {
    Shape from = shape(x);
    if (times == 1) {
      return x;
    }
    List<Dim> wide = new ArrayList<>(from.dims());
    wide.add(axis + 1, Dim.of(times));
    Value spread = at.emit(new Expand(new Shape(wide)), unsqueeze(x, axis + 1));
    return reshape(spread, from.with(axis, from.dim(axis).times(times)));
  }

  /** The numbers 0, 1, 2, … as floats; the size may be symbolic. */
  public Value rising(DType dtype, Dim size) {
    Value ones = at.emit(new Expand(Shape.of(size)), at.scalar(dtype, 1));
    return at.emit(new CumSum(0, true, false), ones);
  }
}
