package dev.axiomml.backend.jni;

import dev.axiomml.core.op.Abs;
import dev.axiomml.core.op.Acos;
import dev.axiomml.core.op.Acosh;
import dev.axiomml.core.op.Asin;
import dev.axiomml.core.op.Asinh;
import dev.axiomml.core.op.Atan;
import dev.axiomml.core.op.Atanh;
import dev.axiomml.core.op.Ceil;
import dev.axiomml.core.op.Celu;
import dev.axiomml.core.op.Clip;
import dev.axiomml.core.op.Cos;
import dev.axiomml.core.op.Cosh;
import dev.axiomml.core.op.Elu;
import dev.axiomml.core.op.Erf;
import dev.axiomml.core.op.Exp;
import dev.axiomml.core.op.Expm1;
import dev.axiomml.core.op.Floor;
import dev.axiomml.core.op.Gelu;
import dev.axiomml.core.op.GeluTanh;
import dev.axiomml.core.op.HardSigmoid;
import dev.axiomml.core.op.HardSwish;
import dev.axiomml.core.op.LeakyRelu;
import dev.axiomml.core.op.Log;
import dev.axiomml.core.op.Log1p;
import dev.axiomml.core.op.LogSigmoid;
import dev.axiomml.core.op.Mish;
import dev.axiomml.core.op.Neg;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.PowConstant;
import dev.axiomml.core.op.Reciprocal;
import dev.axiomml.core.op.Relu;
import dev.axiomml.core.op.Round;
import dev.axiomml.core.op.Selu;
import dev.axiomml.core.op.Sigmoid;
import dev.axiomml.core.op.Sign;
import dev.axiomml.core.op.Silu;
import dev.axiomml.core.op.Sin;
import dev.axiomml.core.op.Sinh;
import dev.axiomml.core.op.SoftShrink;
import dev.axiomml.core.op.Softplus;
import dev.axiomml.core.op.Softsign;
import dev.axiomml.core.op.Sqrt;
import dev.axiomml.core.op.Square;
import dev.axiomml.core.op.Tan;
import dev.axiomml.core.op.Tanh;
import dev.axiomml.core.op.ThresholdedRelu;
import dev.axiomml.core.op.Trunc;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The functions of one number that kernels know, one line each. */
final class Functions {
  private static final double SELU_OUTER = 1.0507009873554805;
  private static final double SELU_INNER = SELU_OUTER * 1.6732632423543772;

  /** Every line. */
  static final List<Function<?>> TABLE =
      List.of(
          of(Abs.class, Opcode.ABS),
          of(Acos.class, Opcode.ACOS),
          of(Acosh.class, Opcode.ACOSH),
          of(Asin.class, Opcode.ASIN),
          of(Asinh.class, Opcode.ASINH),
          of(Atan.class, Opcode.ATAN),
          of(Atanh.class, Opcode.ATANH),
          of(Celu.class, Opcode.CELU, Celu::alpha),
          of(Clip.class, Opcode.CLIP, Clip::low, Clip::high),
          of(Cosh.class, Opcode.COSH),
          of(Elu.class, Opcode.ELU, Elu::alpha),
          of(Erf.class, Opcode.ERF),
          of(Exp.class, Opcode.EXP),
          of(Expm1.class, Opcode.EXPM1),
          of(Gelu.class, Opcode.GELU),
          of(GeluTanh.class, Opcode.GELU_TANH),
          of(HardSigmoid.class, Opcode.HARD_SIGMOID, HardSigmoid::alpha, HardSigmoid::beta),
          of(HardSwish.class, Opcode.HARD_SWISH),
          of(LeakyRelu.class, Opcode.LEAKY_RELU, LeakyRelu::alpha),
          of(Log.class, Opcode.LOG),
          of(Log1p.class, Opcode.LOG1P),
          of(LogSigmoid.class, Opcode.LOG_SIGMOID),
          of(Mish.class, Opcode.MISH),
          of(Neg.class, Opcode.NEG),
          of(PowConstant.class, Opcode.POW, PowConstant::exponent),
          of(Reciprocal.class, Opcode.RECIPROCAL),
          of(Relu.class, Opcode.RELU),
          of(Selu.class, Opcode.SELU, op -> SELU_OUTER, op -> SELU_INNER),
          of(Sigmoid.class, Opcode.SIGMOID),
          of(Silu.class, Opcode.SILU),
          of(Sinh.class, Opcode.SINH),
          of(SoftShrink.class, Opcode.SOFT_SHRINK, SoftShrink::lambda),
          of(Softplus.class, Opcode.SOFTPLUS, Softplus::beta, Softplus::threshold),
          of(Softsign.class, Opcode.SOFTSIGN),
          of(Sqrt.class, Opcode.SQRT),
          of(Square.class, Opcode.SQUARE),
          of(Tanh.class, Opcode.TANH),
          of(Ceil.class, Opcode.CEIL),
          of(Cos.class, Opcode.COS),
          of(Floor.class, Opcode.FLOOR),
          of(Round.class, Opcode.ROUND),
          of(Sign.class, Opcode.SIGN),
          of(Sin.class, Opcode.SIN),
          of(Tan.class, Opcode.TAN),
          of(Trunc.class, Opcode.TRUNC),
          of(ThresholdedRelu.class, Opcode.THRESHOLDED_RELU, ThresholdedRelu::alpha));

  private Functions() {}

  private static <O extends Op> Function<O> of(Class<O> type, Opcode opcode) {
    return new Function<>(type, opcode, op -> 0, op -> 0);
  }

  private static <O extends Op> Function<O> of(
      Class<O> type, Opcode opcode, ToDoubleFunction<O> a) {
    return new Function<>(type, opcode, a, op -> 0);
  }

  private static <O extends Op> Function<O> of(
      Class<O> type, Opcode opcode, ToDoubleFunction<O> a, ToDoubleFunction<O> b) {
    return new Function<>(type, opcode, a, b);
  }

  /**
   * A function with the kernel's two parameters.
   *
   * @param type the operator's class
   * @param opcode its kernel
   * @param a the first parameter
   * @param b the second parameter
   */
  record Function<O extends Op>(
      Class<O> type, Opcode opcode, ToDoubleFunction<O> a, ToDoubleFunction<O> b)
      implements Rule<O> {
    @Override
    public Optional<Slot> lower(O op, Site at) {
      int n = at.out().count();
      List<Long> attributes =
          Site.longs(n, Site.bits(a.applyAsDouble(op)), Site.bits(b.applyAsDouble(op)));
      return Optional.of(at.emit(opcode, at.in(), n, attributes));
    }
  }
}
