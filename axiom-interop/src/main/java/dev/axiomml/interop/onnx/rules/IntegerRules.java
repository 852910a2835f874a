package dev.axiomml.interop.onnx.rules;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.linear.MatMul;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.rules.image.WindowRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Products and convolutions of 8-bit integers.
 *
 * <p>Sums are exact: in float32 where known weights keep them below 2²⁴, else in float64, which
 * holds 2³⁷ products.
 */
public final class IntegerRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("ConvInteger", IntegerRules::convInteger),
          entry("MatMulInteger", IntegerRules::matMulInteger),
          entry("QLinearConv", IntegerRules::linearConv),
          entry("QLinearMatMul", IntegerRules::linearMatMul));

  private IntegerRules() {}

  private static List<Value> matMulInteger(OnnxNodeContext at) {
    DType dtype = new ExactSums(at, 1, 3, 1).dtype();
    Value a = less(at, 0, at.has(2) ? Optional.of(rows(at, 2)) : Optional.empty(), dtype);
    Value b = less(at, 1, at.any(3), dtype);
    return List.of(at.emit(new Cast(DType.INT32), at.emit(new MatMul(), a, b)));
  }

  private static List<Value> linearMatMul(OnnxNodeContext at) {
    DType dtype = new ExactSums(at, 3, 5, 1).dtype();
    Value a = less(at, 0, Optional.of(rows(at, 2)), dtype);
    Value b = less(at, 3, Optional.of(at.in(5)), dtype);
    Value sums = at.emit(new MatMul(), a, b);
    Value factor = factor(at, rows(at, 1), one(at, at.in(4)), rows(at, 6));
    return List.of(scaled(at, sums, factor, rows(at, 7)));
  }

  private static List<Value> convInteger(OnnxNodeContext at) {
    Optional<Value> x = at.has(2) ? Optional.of(one(at, at.in(2))) : Optional.empty();
    Optional<Value> w = at.has(3) ? Optional.of(channels(at, 3, at.rank(1))) : Optional.empty();
    DType dtype = new ExactSums(at, 1, 3, 0).dtype();
    Value sums = conv(at, less(at, 0, x, dtype), less(at, 1, w, dtype));
    return List.of(at.emit(new Cast(DType.INT32), sums));
  }

  private static List<Value> linearConv(OnnxNodeContext at) {
    int rank = at.rank(0);
    DType dtype = new ExactSums(at, 3, 5, 0).dtype();
    Value x = less(at, 0, Optional.of(one(at, at.in(2))), dtype);
    Value w = less(at, 3, Optional.of(channels(at, 5, rank)), dtype);
    Value sums = at.emit(new Cast(DType.FLOAT64), conv(at, x, w));
    if (at.has(8)) {
      Value bias = at.emit(new Cast(DType.FLOAT64), channels(at, 8, rank - 1));
      sums = at.emit(new Add(), sums, bias);
    }
    Value factor = factor(at, one(at, at.in(1)), channels(at, 4, rank - 1), one(at, at.in(6)));
    return List.of(scaled(at, sums, factor, one(at, at.in(7))));
  }

  private static Value conv(OnnxNodeContext at, Value x, Value w) {
    OnnxNodeContext conv = at.borrowed(at.node(), List.of(Optional.of(x), Optional.of(w)));
    return WindowRules.conv(conv).get(0);
  }

  /** An operand less its zero point, as floats. */
  private static Value less(OnnxNodeContext at, int i, Optional<Value> zero, DType dtype) {
    if (at.dtype(i).bytes() > 1 || !at.dtype(i).isInteger()) {
      throw at.refuse(at.op() + " of " + at.dtype(i), "it multiplies integers of 8 bits");
    }
    Value x = at.emit(new Cast(dtype), at.in(i));
    return zero.isEmpty() ? x : at.emit(new Sub(), x, at.emit(new Cast(dtype), zero.orElseThrow()));
  }

  /** {@code a * b / y} in the scales' own type. */
  private static Value factor(OnnxNodeContext at, Value a, Value b, Value y) {
    return at.emit(new Div(), at.emit(new Mul(), a, b), y);
  }

  private static Value scaled(OnnxNodeContext at, Value sums, Value factor, Value zero) {
    Value wide = at.emit(new Cast(DType.FLOAT64), sums);
    Value y = at.emit(new Mul(), wide, at.emit(new Cast(DType.FLOAT64), factor));
    return QuantRules.integers(at, y, Optional.of(zero), zero.type().dtype());
  }

  /** A list of one number without its axis. */
  private static Value one(OnnxNodeContext at, Value value) {
    boolean list = value.type().shape().rank() > 0 && value.type().shape().volume().equals(Dim.ONE);
    return list ? at.emit(new Reshape(Shape.SCALAR), value) : value;
  }

  /** A list of one number a row, as a column. */
  private static Value rows(OnnxNodeContext at, int i) {
    Value value = one(at, at.in(i));
    Shape shape = value.type().shape();
    return shape.rank() == 1 ? at.emit(new Reshape(shape.concat(Shape.of(1))), value) : value;
  }

  /** A list of one number an output channel, before {@code rank - 1} axes of size one. */
  private static Value channels(OnnxNodeContext at, int i, int rank) {
    Value value = one(at, at.in(i));
    Shape shape = value.type().shape();
    if (shape.rank() != 1) {
      return value;
    }
    List<Dim> dims = new ArrayList<>(Collections.nCopies(rank, Dim.ONE));
    dims.set(0, shape.dim(0));
    return at.emit(new Reshape(new Shape(dims)), value);
  }
}
