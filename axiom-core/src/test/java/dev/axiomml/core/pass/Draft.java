package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/** Steps put down as importers do, which fold what is known. */
record Draft(ConstantFolding to) {
  Value number(double x) {
    return to.constant(Tensor.scalar((float) x));
  }

  Value named(String name, long... shape) {
    return to.parameter(new Parameter(name, Tensor.random(Shape.of(shape), 17, 0.5, 1.5)));
  }

  Value op(Op op, Value... in) {
    return to.emit(op, List.of(in)).get(0);
  }

  Value add(Value a, Value b) {
    return op(new Add(), a, b);
  }

  Value mul(Value a, Value b) {
    return op(new Mul(), a, b);
  }

  Value mul(Value a, double b) {
    return mul(a, number(b));
  }

  Value div(Value a, double b) {
    return op(new Div(), a, number(b));
  }

  Value plus(Value a, double b) {
    return add(a, number(b));
  }

  Value mean(Value x) {
    return op(new ReduceMean(List.of(-1), true), x);
  }
}
