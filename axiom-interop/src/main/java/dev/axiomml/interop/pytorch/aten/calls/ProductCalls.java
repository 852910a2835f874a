package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.linear.Dense;
import dev.axiomml.core.op.linear.Einsum;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.layout.AxisOrders;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.CallEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Linear layers and matrix products. */
final class ProductCalls {
  private ProductCalls() {}

  /** {@code x Wᵀ + b}; the file's weight is (out, in). */
  static Value linear(AtenCall call) {
    Value x = call.tensor("input");
    Shape weight = call.tensor("weight").type().shape();
    boolean row =
        !call.given("bias") || call.tensor("bias").type().shape().matches(weight.sub(0, 1));
    if (weight.rank() == 2 && row && x.type().shape().rank() > 0) {
      Value turned = swapped(call, "weight");
      return call.given("bias")
          ? call.emit(new Dense(), x, turned, call.tensor("bias"))
          : call.emit(new Dense(), x, turned);
    }
    Value product = call.emit(new MatMul(), call.tensor("input"), swapped(call, "weight"));
    return call.given("bias") ? call.emit(new Add(), product, call.tensor("bias")) : product;
  }

  private static Value swapped(AtenCall call, String name) {
    return call.permuted(call.tensor(name), List.of(1, 0));
  }

  /** {@code beta · self + alpha · mat1 mat2}. */
  static Value addmm(AtenCall call) {
    boolean plain = call.number("beta") == 1 && call.number("alpha") == 1;
    Shape columns = call.tensor("mat2").type().shape().sub(1, 2);
    if (plain && call.tensor("self").type().shape().equals(columns)) {
      return call.weighted(new Dense(), call.tensor("mat1"), "mat2", "self");
    }
    Value product = call.emit(new MatMul(), call.tensor("mat1"), call.tensor("mat2"));
    Value scaled = ArithmeticCalls.scaled(call, product, call.number("alpha"));
    Value added = ArithmeticCalls.scaled(call, call.tensor("self"), call.number("beta"));
    return call.emit(new Add(), scaled, added);
  }

  /** {@code self · input + batch1 batch2}, scaled. */
  static Value baddbmm(AtenCall call) {
    Value product = call.emit(new MatMul(), call.tensor("batch1"), call.tensor("batch2"));
    Value scaled = ArithmeticCalls.scaled(call, product, call.number("alpha"));
    Value added = ArithmeticCalls.scaled(call, call.tensor("self"), call.number("beta"));
    return call.emit(new Add(), scaled, added);
  }

  /** A product of matrices; vectors count as one row or one column. */
  static Value matmul(AtenCall call, String first, String second) {
    Value a = call.tensor(first);
    Value b = call.tensor(second);
    boolean weight = call.known(b).isKnown() && b.type().shape().rank() == 2;
    if (weight && a.type().shape().rank() >= 1) {
      return call.emit(new Dense(), a, b);
    }
    boolean row = a.type().shape().rank() == 1;
    boolean column = b.type().shape().rank() == 1;
    Value left = row ? call.inserted(a, 0) : a;
    Value right = column ? call.inserted(b, 1) : b;
    Value product = call.emit(new MatMul(), left, right);
    Value narrow = column ? call.removed(product, product.type().shape().rank() - 1) : product;
    return row ? call.removed(narrow, narrow.type().shape().rank() - (column ? 1 : 2)) : narrow;
  }

  /** {@code x1ᵀ A x2 + b}, a matrix A for each output. */
  static Value bilinear(AtenCall call) {
    Value first = call.tensor("input1");
    Value weight = call.tensor("weight"); // (out, in1, in2)
    List<Dim> sizes = weight.type().shape().dims();
    Dim columns = sizes.get(0).times(sizes.get(1));
    Value wide =
        call.reshaped(call.permuted(weight, List.of(2, 0, 1)), List.of(sizes.get(2), columns));
    Value seen = call.emit(new MatMul(), call.tensor("input2"), wide);
    List<Dim> apart = new ArrayList<>(first.type().shape().dims());
    apart.add(apart.size() - 1, sizes.get(0));
    Value rows = call.inserted(first, first.type().shape().rank() - 1);
    Value products = call.emit(new Mul(), call.reshaped(seen, apart), rows);
    Value sum = call.emit(new ReduceSum(List.of(-1), false), products);
    return call.given("bias") ? call.emit(new Add(), sum, call.tensor("bias")) : sum;
  }

  static Value einsum(AtenCall call) {
    String equation = call.text("equation").replace(" ", "");
    return Einsum.emit(equation, new CallEmitter(call), call.tensors("tensors"));
  }

  /** Exchanges two axes of a value. */
  static Value exchanged(AtenCall call, Value x, int first, int second) {
    List<Integer> order = new ArrayList<>(AxisOrders.rising(x.type().shape().rank()));
    java.util.Collections.swap(order, first, second);
    return call.permuted(x, order);
  }

  /** All axes but the last as one. */
  static Value rows(AtenCall call, Value x) {
    Shape shape = x.type().shape();
    Dim rows =
        IntStream.range(0, shape.rank() - 1).mapToObj(shape::dim).reduce(Dim.ONE, Dim::times);
    return call.reshaped(x, List.of(rows, shape.dim(-1)));
  }
}
