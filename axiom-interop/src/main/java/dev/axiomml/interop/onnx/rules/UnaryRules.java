package dev.axiomml.interop.onnx.rules;

import static java.util.Map.entry;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.op.move.Reshape;
import dev.axiomml.core.op.pair.Arithmetic;
import dev.axiomml.core.op.pair.Bits;
import dev.axiomml.core.op.pair.Logic;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.PRelu;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.Acos;
import dev.axiomml.core.op.scalar.Acosh;
import dev.axiomml.core.op.scalar.Asin;
import dev.axiomml.core.op.scalar.Asinh;
import dev.axiomml.core.op.scalar.Atan;
import dev.axiomml.core.op.scalar.Atanh;
import dev.axiomml.core.op.scalar.Ceil;
import dev.axiomml.core.op.scalar.Celu;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Cos;
import dev.axiomml.core.op.scalar.Cosh;
import dev.axiomml.core.op.scalar.Elu;
import dev.axiomml.core.op.scalar.Erf;
import dev.axiomml.core.op.scalar.Exp;
import dev.axiomml.core.op.scalar.Floor;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.GeluTanh;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.HardSwish;
import dev.axiomml.core.op.scalar.IsInf;
import dev.axiomml.core.op.scalar.IsNan;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Log;
import dev.axiomml.core.op.scalar.Mish;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Round;
import dev.axiomml.core.op.scalar.Selu;
import dev.axiomml.core.op.scalar.Shrink;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Sign;
import dev.axiomml.core.op.scalar.Silu;
import dev.axiomml.core.op.scalar.Sin;
import dev.axiomml.core.op.scalar.Sinh;
import dev.axiomml.core.op.scalar.Softplus;
import dev.axiomml.core.op.scalar.Softsign;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Tan;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.op.scalar.ThresholdedRelu;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import dev.axiomml.interop.onnx.node.OnnxRule;
import dev.axiomml.interop.onnx.node.OnnxSteps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Functions of one number. */
public final class UnaryRules {
  public static final Map<String, OnnxRule> TABLE =
      Map.ofEntries(
          entry("Abs", both(at -> new Abs(), Arithmetic.Kind.ABS)),
          entry("Acos", of(at -> new Acos())),
          entry("Acosh", of(at -> new Acosh())),
          entry("Asin", of(at -> new Asin())),
          entry("Asinh", of(at -> new Asinh())),
          entry("Atan", of(at -> new Atan())),
          entry("Atanh", of(at -> new Atanh())),
          entry("BitwiseNot", of(at -> new Bits(Bits.Kind.NOT))),
          entry("Ceil", of(at -> new Ceil())),
          entry("Celu", of(at -> new Celu(at.attributes().number("alpha", 1)))),
          entry("Clip", UnaryRules::clip),
          entry("Cos", of(at -> new Cos())),
          entry("Cosh", of(at -> new Cosh())),
          entry("Elu", of(at -> new Elu(at.attributes().number("alpha", 1)))),
          entry("Erf", of(at -> new Erf())),
          entry("Exp", of(at -> new Exp())),
          entry("Floor", of(at -> new Floor())),
          entry("Gelu", of(UnaryRules::gelu)),
          entry("HardSigmoid", of(UnaryRules::hardSigmoid)),
          entry("HardSwish", of(at -> new HardSwish())),
          entry("IsInf", of(UnaryRules::isInf)),
          entry("IsNaN", of(at -> new IsNan())),
          entry("LeakyRelu", of(at -> new LeakyRelu(at.attributes().number("alpha", 0.01f)))),
          entry("Log", of(at -> new Log())),
          entry("Mish", of(at -> new Mish())),
          entry("Neg", both(at -> new Neg(), Arithmetic.Kind.NEG)),
          entry("Not", of(at -> new Logic(Logic.Kind.NOT))),
          entry("PRelu", UnaryRules::prelu),
          entry("Reciprocal", of(at -> new Reciprocal())),
          entry("Relu", UnaryRules::relu),
          entry("Round", of(at -> new Round())),
          entry("Selu", UnaryRules::selu),
          entry("Shrink", of(UnaryRules::shrink)),
          entry("Sigmoid", of(at -> new Sigmoid())),
          entry("Sign", both(at -> new Sign(), Arithmetic.Kind.SIGN)),
          entry("Sin", of(at -> new Sin())),
          entry("Sinh", of(at -> new Sinh())),
          entry("Softplus", of(at -> Softplus.smooth())),
          entry("Softsign", of(at -> new Softsign())),
          entry("Sqrt", of(at -> new Sqrt())),
          entry("Swish", UnaryRules::swish),
          entry("SwiGLU", UnaryRules::gatedSwish),
          entry("Tan", of(at -> new Tan())),
          entry("Tanh", of(at -> new Tanh())),
          entry(
              "ThresholdedRelu",
              of(at -> new ThresholdedRelu(at.attributes().number("alpha", 1)))));

  private UnaryRules() {}

  private static OnnxRule of(Function<OnnxNodeContext, Op> op) {
    return at -> List.of(at.emit(op.apply(at), at.in(0)));
  }

  /** One operator on floats, another on integers. */
  private static OnnxRule both(Function<OnnxNodeContext, Op> floats, Arithmetic.Kind integers) {
    return at ->
        List.of(
            at.emit(at.dtype(0).isFloat() ? floats.apply(at) : new Arithmetic(integers), at.in(0)));
  }

  private static Op gelu(OnnxNodeContext at) {
    boolean tanh = at.attributes().text("approximate", "none").equals("tanh");
    return tanh ? new GeluTanh() : new Gelu();
  }

  private static Op hardSigmoid(OnnxNodeContext at) {
    return new HardSigmoid(
        at.attributes().number("alpha", 0.2f), at.attributes().number("beta", 0.5));
  }

  private static Op isInf(OnnxNodeContext at) {
    return new IsInf(
        at.attributes().flag("detect_negative", true),
        at.attributes().flag("detect_positive", true));
  }

  private static Op shrink(OnnxNodeContext at) {
    return new Shrink(at.attributes().number("bias", 0), at.attributes().number("lambd", 0.5));
  }

  /** Other settings than the usual ones are an Elu and a factor. */
  private static List<Value> selu(OnnxNodeContext at) {
    boolean early = at.version() < 6;
    double alpha = at.attributes().number("alpha", early ? 1.6732f : 1.6732631921768188);
    double gamma = at.attributes().number("gamma", early ? 1.0507f : 1.0507010221481323);
    if (!early && !at.attributes().has("alpha") && !at.attributes().has("gamma")) {
      return List.of(at.emit(new Selu(), at.in(0)));
    }
    Value elu = at.emit(new Elu(alpha), at.in(0));
    return List.of(at.emit(new Mul(), elu, at.scalar(at.dtype(0), gamma)));
  }

  /** The first operand through Swish, times the second. */
  private static List<Value> gatedSwish(OnnxNodeContext at) {
    return List.of(new OnnxSteps(at).times(swish(at).get(0), at.in(1)));
  }

  private static List<Value> swish(OnnxNodeContext at) {
    double alpha = at.attributes().number("alpha", 1);
    if (alpha == 1) {
      return List.of(at.emit(new Silu(), at.in(0)));
    }
    Value steep = at.emit(new Mul(), at.in(0), at.scalar(at.dtype(0), alpha));
    return List.of(at.emit(new Mul(), at.in(0), at.emit(new Sigmoid(), steep)));
  }

  private static List<Value> relu(OnnxNodeContext at) {
    if (at.dtype(0).isFloat()) {
      return List.of(at.emit(new Relu(), at.in(0)));
    }
    Value zero = at.scalar(at.dtype(0), 0);
    return List.of(at.emit(new Arithmetic(Arithmetic.Kind.MAX), at.in(0), zero));
  }

  /** Slopes may be computed; before opset 7 a list of slopes is one a channel. */
  private static List<Value> prelu(OnnxNodeContext at) {
    Value slope = at.in(1);
    if (at.version() < 7 && at.rank(1) == 1 && at.rank(0) > 2) {
      slope = at.emit(new Reshape(SumRules.channelwise(at.shape(1).dim(0), at.rank(0))), slope);
    }
    Shape wide = CommonShapeRules.broadcast("PRelu", at.shape(0), OnnxSteps.shape(slope));
    Value x = new OnnxSteps(at).sized(at.in(0), wide); // slopes are broadcast, never numbers
    return List.of(at.emit(new PRelu(), x, slope));
  }

  /** Bounds are attributes before opset 11, operands since, which may be computed. */
  private static List<Value> clip(OnnxNodeContext at) {
    boolean known = (!at.has(1) || at.isKnown(1)) && (!at.has(2) || at.isKnown(2));
    if (known && at.dtype(0).isFloat()) {
      double low = bound(at, "min", 1).orElse(-largest(at));
      double high = bound(at, "max", 2).orElse(largest(at));
      if (low <= high) {
        return List.of(at.emit(new Clip(low, high), at.in(0)));
      }
    }
    boolean open = at.dtype(0).isFloat() && !(at.has(1) && at.has(2));
    Value x = open ? at.emit(new Clip(-largest(at), largest(at)), at.in(0)) : at.in(0);
    x = at.has(1) ? SumRules.pair(at, SumRules.MAX, x, scalar(at, 1)) : x;
    x = at.has(2) ? SumRules.pair(at, SumRules.MIN, x, scalar(at, 2)) : x;
    return List.of(x);
  }

  /** An end that is left out is that of the finite numbers of the type. */
  private static double largest(OnnxNodeContext at) {
    return switch (at.dtype(0)) {
      case FLOAT64 -> Double.MAX_VALUE;
      case FLOAT16 -> 65504;
      case BFLOAT16 -> 0x1.fep127;
      default -> Float.MAX_VALUE;
    };
  }

  private static Value scalar(OnnxNodeContext at, int i) {
    return at.rank(i) == 0 ? at.in(i) : at.emit(new Reshape(Shape.SCALAR), at.in(i));
  }

  private static Optional<Double> bound(OnnxNodeContext at, String attribute, int operand) {
    if (at.attributes().has(attribute)) {
      return Optional.of(at.attributes().number(attribute, 0));
    }
    return at.has(operand) ? Optional.of(at.require(operand).doubleAt(0)) : Optional.empty();
  }
}
