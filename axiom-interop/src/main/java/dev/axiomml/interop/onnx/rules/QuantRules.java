package dev.axiomml.interop.onnx.rules;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.move.Take;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Max;
import dev.axiomml.core.op.pair.Min;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.reduce.ReduceMax;
import dev.axiomml.core.op.reduce.ReduceMin;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Round;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.file.OnnxElementTypes;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Floats to numbers of few bits and back: a scale and a zero point for all, an axis or a block. */
public final class QuantRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("DequantizeLinear", QuantRules::dequantize),
          entry("DynamicQuantizeLinear", QuantRules::dynamic),
          entry("QuantizeLinear", QuantRules::quantize));

  private QuantRules() {}

  /** {@code (x - zero) * scale}, computed in float32 and rounded to the answer's type. */
  private static List<Value> dequantize(OnnxNodeContext at) {
    DType to = stated(at, "output_dtype").orElse(at.dtype(1));
    if (!to.isFloat() || !to.computes()) {
      throw at.refuse("DequantizeLinear to " + to, "it answers floats of at least 16 bits");
    }
    boolean wide = at.dtype(0) == DType.INT32 && at.has(2) && !isZero(at, 2);
    if (wide) {
      throw at.refuse("DequantizeLinear of int32 with a zero point", "ONNX wants it to be 0");
    }
    Value x = single(at, data(at));
    Optional<Value> zeros = zeros(at);
    if (zeros.isPresent() && !isZero(at, 2)) {
      x = at.emit(new Sub(), x, spread(at, single(at, zeros.get())));
    }
    Value y = at.emit(new Mul(), x, spread(at, single(at, at.in(1))));
    return List.of(at.emit(new Cast(to), y));
  }

  /** {@code saturate(round(x / scale) + zero)}, the quotient in the scale's type. */
  private static List<Value> quantize(OnnxNodeContext at) {
    DType by = stated(at, "precision").orElse(at.dtype(1));
    DType to = at.has(2) ? at.dtype(2) : stated(at, "output_dtype").orElse(DType.UINT8);
    if (!by.isFloat() || !by.computes()) {
      throw at.refuse("QuantizeLinear in " + by, "the quotient is a float of at least 16 bits");
    }
    Value x = at.emit(new Cast(by), data(at));
    Value scale = spread(at, at.emit(new Cast(by), single(at, at.in(1))));
    Value quotient = quotient(at, x, scale);
    Optional<Value> zeros = zeros(at);
    Value zero = at.has(2) && !isZero(at, 2) ? spread(at, single(at, zeros.get())) : null;
    if (to.isInteger()) {
      return List.of(integers(at, quotient, Optional.ofNullable(zero), to));
    }
    Value y = zero == null ? quotient : at.emit(new Add(), single(at, quotient), zero);
    return List.of(at.emit(new Cast(to, at.attributes().flag("saturate", true)), y));
  }

  /**
   * A quotient as its own type rounds it, by way of doubles: by a known divisor it is a product
   * with the reciprocal, which rounds once more, and what lies between two integers would move.
   */
  public static Value quotient(OnnxNodeContext at, Value x, Value by) {
    DType dtype = x.type().dtype();
    Value wide = at.emit(new Cast(DType.FLOAT64), x);
    Value y = at.emit(new Div(), wide, at.emit(new Cast(DType.FLOAT64), by));
    return at.emit(new Cast(dtype), y);
  }

  /** Rounded to even, moved and cut to the range of an integer type of at most 16 bits. */
  public static Value integers(OnnxNodeContext at, Value quotient, Optional<Value> zero, DType to) {
    if (to.bits() > 16) {
      throw at.refuse(at.op() + " to " + to, "numbers of at most 16 bits are quantized to");
    }
    DType in = quotient.type().dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
    Value rounded = at.emit(new Cast(in), at.emit(new Round(), quotient));
    Value moved =
        zero.isEmpty()
            ? rounded
            : at.emit(new Add(), rounded, at.emit(new Cast(in), zero.orElseThrow()));
    double low = to.isUnsigned() ? 0 : -Math.scalb(1.0, to.bits() - 1);
    double high = Math.scalb(1.0, to.isUnsigned() ? to.bits() : to.bits() - 1) - 1;
    return at.emit(new Cast(to), at.emit(new Clip(low, high), moved));
  }

  /** The range of the data, 0 included, becomes 0 to 255; all zeros have scale 1. */
  private static List<Value> dynamic(OnnxNodeContext at) {
    List<Integer> axes = IntStream.range(0, at.rank(0)).boxed().toList();
    Value x = at.in(0);
    Value nothing = at.scalar(at.dtype(0), 0);
    Value most = at.emit(new Max(), at.emit(new ReduceMax(axes, false), x), nothing);
    Value least = at.emit(new Min(), at.emit(new ReduceMin(axes, false), x), nothing);
    Value range = at.emit(new Sub(), most, least);
    Value step = quotient(at, range, at.scalar(at.dtype(0), 255));
    Value flat = at.emit(new Compare(Compare.Kind.EQUAL), range, nothing);
    Value scale = at.emit(new Where(), flat, at.scalar(at.dtype(0), 1), step);
    Value below = at.emit(new Sub(), nothing, at.emit(new Div(), least, scale));
    Value zero = at.emit(new Round(), at.emit(new Clip(0, 255), below));
    Value y = integers(at, at.emit(new Div(), x, scale), Optional.of(zero), DType.UINT8);
    return List.of(y, scale, at.emit(new Cast(DType.UINT8), zero));
  }

  private static Optional<DType> stated(OnnxNodeContext at, String attribute) {
    int number = at.attributes().integer(attribute, 0);
    if (number == 0) {
      return Optional.empty();
    }
    Optional<DType> dtype = OnnxElementTypes.of(number);
    if (dtype.isEmpty()) {
      throw at.refuse(attribute + " " + number, "this element type is not supported");
    }
    return dtype;
  }

  private static boolean isZero(OnnxNodeContext at, int i) {
    return at.tensor(i)
        .filter(zero -> java.util.Arrays.stream(zero.toDoubles()).allMatch(z -> z == 0))
        .isPresent();
  }

  private static Value single(OnnxNodeContext at, Value value) {
    return at.emit(new Cast(DType.FLOAT32), value);
  }

  /** As long along its axis as scales of an axis are. */
  private static Value data(OnnxNodeContext at) {
    Shape scales = at.shape(1);
    boolean list = scales.rank() == 1 && scales.dim(0).isFixed() && !scales.dim(0).equals(Dim.ONE);
    boolean blocks = at.attributes().integer("block_size", 0) > 0;
    return list && !blocks
        ? new OnnxSteps(at).sized(at.in(0), at.shape(0).with(axis(at), scales.dim(0)))
        : at.in(0);
  }

  /** As many as scales. */
  private static Optional<Value> zeros(OnnxNodeContext at) {
    boolean one = at.has(2) && Stream.of(1, 2).allMatch(i -> at.shape(i).volume().equals(Dim.ONE));
    return one ? at.any(2) : at.any(2).map(x -> new OnnxSteps(at).sized(x, at.shape(1)));
  }

  private static int axis(OnnxNodeContext at) {
    boolean only = at.rank(0) == 1 && !at.attributes().has("axis");
    return only ? 0 : at.shape(0).axis(at.attributes().integer("axis", 1));
  }

  /** A scale or zero point where it can be broadcast with the data. */
  private static Value spread(OnnxNodeContext at, Value value) {
    Shape shape = value.type().shape();
    at.attributes().pass("axis", "block_size"); // of lists only
    if (shape.rank() == 0 || shape.volume().equals(Dim.ONE)) {
      return at.emit(new Reshape(Shape.SCALAR), value);
    }
    int rank = at.rank(0);
    int axis = axis(at);
    int block = at.attributes().integer("block_size", 0);
    if (block > 0) {
      return repeated(at, value, axis, block);
    }
    if (shape.rank() != 1) {
      throw at.refuse(at.op() + " with scales " + shape, "without block_size they are a list");
    }
    List<Dim> dims = new ArrayList<>(Collections.nCopies(rank, Dim.ONE));
    dims.set(axis, shape.dim(0));
    return at.emit(new Reshape(new Shape(dims)), value);
  }

  private static Value repeated(OnnxNodeContext at, Value value, int axis, int block) {
    int size = at.shape(0).size(axis);
    int count = value.type().shape().size(axis);
    boolean fits = value.type().shape().rank() == at.rank(0) && (size + block - 1) / block == count;
    if (!fits) {
      throw at.refuse(
          at.op() + " of " + at.shape(0) + " with scales " + value.type().shape(),
          "blocks of " + block + " along axis " + axis + " want one scale each");
    }
    long[] places = LongStream.range(0, size).map(i -> i / block).toArray();
    return at.emit(new Take(axis, Tensor.ofLongs(Shape.of(size), places)), value);
  }
}
