package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.move.Slice;
import dev.axiomml.core.op.norm.LogSoftmax;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Max;
import dev.axiomml.core.op.pair.Min;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.PRelu;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.Celu;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Elu;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.GeluTanh;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Selu;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.SoftShrink;
import dev.axiomml.core.op.scalar.Softplus;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.TypePromotion;
import java.util.stream.Stream;

/** Activations with settings. */
final class ActivationCalls {
  private static final double SELU_ALPHA = 1.6732632423543772;
  private static final double SELU_SCALE = 1.0507009873554805;

  private ActivationCalls() {}

  static Value gelu(AtenCall call) {
    return switch (call.text("approximate")) {
      case "tanh" -> self(call, new GeluTanh());
      case "none" -> self(call, new Gelu());
      default ->
          throw call.refused(
              "gelu approximated by " + call.text("approximate"),
              "approximations are none and tanh",
              "use one of them");
    };
  }

  static Value relu(AtenCall call) {
    Value x = call.tensor("self");
    DType dtype = x.type().dtype();
    return dtype.isInteger()
        ? call.emit(new Max(), x, call.constant(0, dtype))
        : self(call, new Relu());
  }

  static Value leakyRelu(AtenCall call) {
    return self(call, new LeakyRelu(call.number("negative_slope")));
  }

  /** PyTorch writes SELU and CELU as ELU with other scales. */
  static Value elu(AtenCall call) {
    double alpha = call.number("alpha");
    double scale = call.number("scale");
    double inner = call.number("input_scale");
    if (inner == 1 && Math.abs(alpha - SELU_ALPHA) + Math.abs(scale - SELU_SCALE) < 1e-6) {
      return self(call, new Selu());
    }
    if (scale == 1 && alpha != 1 && Math.abs(inner * alpha - 1) < 1e-9) {
      return self(call, new Celu(alpha));
    }
    if (inner != 1) {
      throw call.refused(
          "elu with input scale " + inner,
          "of scaled ELUs those that SELU and CELU make are known",
          "write the scale as a step of its own");
    }
    return ArithmeticCalls.scaled(call, self(call, new Elu(alpha)), scale);
  }

  static Value celu(AtenCall call) {
    return self(call, new Celu(call.number("alpha")));
  }

  static Value softplus(AtenCall call) {
    return self(call, new Softplus(call.number("beta"), call.number("threshold")));
  }

  static Value softShrink(AtenCall call) {
    return self(call, new SoftShrink(call.number("lambd")));
  }

  /** Between two numbers; the type stays, so of whole numbers only whole bounds mean the same. */
  static Value hardtanh(AtenCall call) {
    if (!call.tensor("self").type().dtype().isFloat()) {
      throw call.refused(
          "hardtanh of " + call.tensor("self").type().dtype(),
          "its bounds would be cut to whole numbers",
          "write it with torch.clamp");
    }
    return clip(call, "min_val", "max_val");
  }

  /** Between two bounds, either of which may be absent; the type is the one all meet in. */
  static Value clip(AtenCall call, String low, String high) {
    DType dtype = met(call, low, high);
    Value x = TypePromotion.cast(call, call.tensor("self"), dtype);
    boolean computed = isTensor(call, low) || isTensor(call, high);
    if (dtype.isFloat() && !computed) {
      double from = isGiven(call, low) ? call.number(low) : Double.NEGATIVE_INFINITY;
      double to = isGiven(call, high) ? call.number(high) : Double.POSITIVE_INFINITY;
      return call.emit(new Clip(from, to), x);
    }
    Value least = isGiven(call, low) ? call.emit(new Max(), x, bound(call, low, dtype)) : x;
    return isGiven(call, high) ? call.emit(new Min(), least, bound(call, high, dtype)) : least;
  }

  private static boolean isGiven(AtenCall call, String bound) {
    return !bound.isEmpty() && call.given(bound);
  }

  private static boolean isTensor(AtenCall call, String bound) {
    return !bound.isEmpty() && call.isTensor(bound);
  }

  /** The type that the tensor and the bounds that are given meet in. */
  private static DType met(AtenCall call, String low, String high) {
    return TypePromotion.of(
        Stream.of("self", low, high).filter(name -> isGiven(call, name)).map(call::item).toList());
  }

  private static Value bound(AtenCall call, String name, DType dtype) {
    return call.isTensor(name)
        ? TypePromotion.cast(call, call.tensor(name), dtype)
        : call.constant(call.number(name), dtype);
  }

  static Value softmax(AtenCall call) {
    Value x = typed(call);
    return call.emit(new Softmax(call.axis("dim", x)), x);
  }

  static Value logSoftmax(AtenCall call) {
    Value x = typed(call);
    return call.emit(new LogSoftmax(call.axis("dim", x)), x);
  }

  /** The argument in the element type that the call asks for. */
  private static Value typed(AtenCall call) {
    Value x = call.tensor("self");
    if (call.knows("half_to_float")) {
      return call.flag("half_to_float") ? TypePromotion.cast(call, x, DType.FLOAT32) : x;
    }
    return call.dtype("dtype").map(dtype -> TypePromotion.cast(call, x, dtype)).orElse(x);
  }

  /** One slope for all, or one a channel; channels are axis 1. */
  static Value prelu(AtenCall call) {
    Value slope = call.tensor("weight");
    int axes = call.tensor("self").type().shape().rank() - 2;
    boolean channels = axes > 0 && !slope.type().shape().volume().equals(Dim.ONE);
    return channels
        ? call.spatial("self", axes, x -> call.emit(new PRelu(), x, slope))
        : call.emit(new PRelu(), call.tensor("self"), slope);
  }

  /** The first half times the sigmoid of the second. */
  static Value glu(AtenCall call) {
    Value x = call.tensor("self");
    int axis = call.axis("dim", x);
    Dim half = x.type().shape().dim(axis).floorDiv(2);
    Value first = call.emit(new Slice(axis, Dim.ZERO, half, 1), x);
    Value second = call.emit(new Slice(axis, half, half, 1), x);
    return call.emit(new Mul(), first, call.emit(new Sigmoid(), second));
  }

  /** Nothing near zero; NaN stays, unlike in {@link dev.axiomml.core.op.scalar.Shrink}. */
  static Value hardShrink(AtenCall call) {
    Value x = call.tensor("self");
    DType dtype = x.type().dtype();
    Value edge = call.constant(call.number("lambd"), dtype);
    Value size = call.emit(new Abs(), x);
    Value small = call.emit(new Compare(Compare.Kind.LESS_OR_EQUAL), size, edge);
    return call.emit(new Where(), small, call.constant(0, dtype), x);
  }

  static Value tanhShrink(AtenCall call) {
    return call.emit(new Sub(), call.tensor("self"), self(call, new Tanh()));
  }

  /** The value instead of everything up to a threshold. */
  static Value threshold(AtenCall call) {
    double at = call.number("threshold");
    double value = call.number("value");
    if (at == 0 && value == 0) {
      return self(call, new Relu());
    }
    Value x = call.tensor("self");
    DType dtype = x.type().dtype();
    Compare below = new Compare(Compare.Kind.LESS_OR_EQUAL);
    Value low = call.emit(below, x, call.constant(at, dtype));
    return ComparisonCalls.chosen(call, low, call.constant(value, dtype), x);
  }

  /** At inference the mean slope. */
  static Value rrelu(AtenCall call) {
    double lower = call.number("lower");
    double upper = call.number("upper");
    call.requireSure(!call.flag("training") || lower == upper, "rrelu that draws its slopes");
    return self(call, new LeakyRelu((lower + upper) / 2));
  }

  /** Nothing at inference; a call that drops is no inference. */
  static Value dropout(AtenCall call) {
    double rate = call.number("p");
    boolean drops = !call.given("train") || call.flag("train");
    call.requireSure(!drops || rate == 0, "dropout that drops");
    return rate < 1 ? call.emit(new Dropout(rate), call.tensor("input")) : call.tensor("input");
  }

  private static Value self(AtenCall call, Op op) {
    return call.emit(op, call.tensor("self"));
  }
}
