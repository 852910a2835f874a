package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.op.Op;
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
import dev.axiomml.core.op.scalar.Expm1;
import dev.axiomml.core.op.scalar.Floor;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.GeluTanh;
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.HardSwish;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Log;
import dev.axiomml.core.op.scalar.Log1p;
import dev.axiomml.core.op.scalar.LogSigmoid;
import dev.axiomml.core.op.scalar.Mish;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Round;
import dev.axiomml.core.op.scalar.Selu;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Sign;
import dev.axiomml.core.op.scalar.Silu;
import dev.axiomml.core.op.scalar.Sin;
import dev.axiomml.core.op.scalar.Sinh;
import dev.axiomml.core.op.scalar.SoftShrink;
import dev.axiomml.core.op.scalar.Softplus;
import dev.axiomml.core.op.scalar.Softsign;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.op.scalar.Tan;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.op.scalar.ThresholdedRelu;
import dev.axiomml.core.op.scalar.Trunc;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The functions of one number that kernels know, one line each. */
public final class ScalarKernels {
  private static final double SELU_OUTER = 1.0507009873554805;
  private static final double SELU_INNER = SELU_OUTER * 1.6732632423543772;

  /** Every line. */
  public static final List<Function<?>> TABLE =
      List.of(
          of(Abs.class, KernelOpcode.ABS),
          of(Acos.class, KernelOpcode.ACOS),
          of(Acosh.class, KernelOpcode.ACOSH),
          of(Asin.class, KernelOpcode.ASIN),
          of(Asinh.class, KernelOpcode.ASINH),
          of(Atan.class, KernelOpcode.ATAN),
          of(Atanh.class, KernelOpcode.ATANH),
          of(Celu.class, KernelOpcode.CELU, Celu::alpha),
          of(Clip.class, KernelOpcode.CLIP, Clip::low, Clip::high),
          of(Cosh.class, KernelOpcode.COSH),
          of(Elu.class, KernelOpcode.ELU, Elu::alpha),
          of(Erf.class, KernelOpcode.ERF),
          of(Exp.class, KernelOpcode.EXP),
          of(Expm1.class, KernelOpcode.EXPM1),
          of(Gelu.class, KernelOpcode.GELU),
          of(GeluTanh.class, KernelOpcode.GELU_TANH),
          of(HardSigmoid.class, KernelOpcode.HARD_SIGMOID, HardSigmoid::alpha, HardSigmoid::beta),
          of(HardSwish.class, KernelOpcode.HARD_SWISH),
          of(LeakyRelu.class, KernelOpcode.LEAKY_RELU, LeakyRelu::alpha),
          of(Log.class, KernelOpcode.LOG),
          of(Log1p.class, KernelOpcode.LOG1P),
          of(LogSigmoid.class, KernelOpcode.LOG_SIGMOID),
          of(Mish.class, KernelOpcode.MISH),
          of(Neg.class, KernelOpcode.NEG),
          of(PowConstant.class, KernelOpcode.POW, PowConstant::exponent),
          of(Reciprocal.class, KernelOpcode.RECIPROCAL),
          of(Relu.class, KernelOpcode.RELU),
          of(Selu.class, KernelOpcode.SELU, op -> SELU_OUTER, op -> SELU_INNER),
          of(Sigmoid.class, KernelOpcode.SIGMOID),
          of(Silu.class, KernelOpcode.SILU),
          of(Sinh.class, KernelOpcode.SINH),
          of(SoftShrink.class, KernelOpcode.SOFT_SHRINK, SoftShrink::lambda),
          of(Softplus.class, KernelOpcode.SOFTPLUS, Softplus::beta, Softplus::threshold),
          of(Softsign.class, KernelOpcode.SOFTSIGN),
          of(Sqrt.class, KernelOpcode.SQRT),
          of(Square.class, KernelOpcode.SQUARE),
          of(Tanh.class, KernelOpcode.TANH),
          of(Ceil.class, KernelOpcode.CEIL),
          of(Cos.class, KernelOpcode.COS),
          of(Floor.class, KernelOpcode.FLOOR),
          of(Round.class, KernelOpcode.ROUND),
          of(Sign.class, KernelOpcode.SIGN),
          of(Sin.class, KernelOpcode.SIN),
          of(Tan.class, KernelOpcode.TAN),
          of(Trunc.class, KernelOpcode.TRUNC),
          of(ThresholdedRelu.class, KernelOpcode.THRESHOLDED_RELU, ThresholdedRelu::alpha));

  private ScalarKernels() {}

  private static <O extends Op> Function<O> of(Class<O> type, KernelOpcode opcode) {
    return new Function<>(type, opcode, op -> 0, op -> 0);
  }

  private static <O extends Op> Function<O> of(
      Class<O> type, KernelOpcode opcode, ToDoubleFunction<O> a) {
    return new Function<>(type, opcode, a, op -> 0);
  }

  private static <O extends Op> Function<O> of(
      Class<O> type, KernelOpcode opcode, ToDoubleFunction<O> a, ToDoubleFunction<O> b) {
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
  public record Function<O extends Op>(
      Class<O> type, KernelOpcode opcode, ToDoubleFunction<O> a, ToDoubleFunction<O> b)
      implements KernelLowering<O> {
    @Override
    public Optional<MemorySlot> lower(O op, LoweringContext at) {
      int n = at.out().count();
      List<Long> attributes =
          LoweringContext.longs(
              n,
              LoweringContext.bits(a.applyAsDouble(op)),
              LoweringContext.bits(b.applyAsDouble(op)));
      return Optional.of(at.emit(opcode, at.in(), n, attributes));
    }
  }
}
