package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.Op;
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
import dev.axiomml.core.op.scalar.HardSigmoid;
import dev.axiomml.core.op.scalar.HardSwish;
import dev.axiomml.core.op.scalar.IsInf;
import dev.axiomml.core.op.scalar.IsNan;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Log;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Relu;
import dev.axiomml.core.op.scalar.Round;
import dev.axiomml.core.op.scalar.Selu;
import dev.axiomml.core.op.scalar.Shrink;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.op.scalar.Sign;
import dev.axiomml.core.op.scalar.Sin;
import dev.axiomml.core.op.scalar.Sinh;
import dev.axiomml.core.op.scalar.SoftShrink;
import dev.axiomml.core.op.scalar.Softsign;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Tan;
import dev.axiomml.core.op.scalar.Tanh;
import dev.axiomml.core.op.scalar.ThresholdedRelu;
import dev.axiomml.interop.onnx.save.node.OnnxCall;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import java.util.List;
import java.util.Map;

/** Functions of one number that ONNX has. */
final class PointRows {
  private static final Map<Class<? extends Op>, String> PLAIN =
      Map.ofEntries(
          Map.entry(Abs.class, "Abs"),
          Map.entry(Acos.class, "Acos"),
          Map.entry(Acosh.class, "Acosh"),
          Map.entry(Asin.class, "Asin"),
          Map.entry(Asinh.class, "Asinh"),
          Map.entry(Atan.class, "Atan"),
          Map.entry(Atanh.class, "Atanh"),
          Map.entry(Ceil.class, "Ceil"),
          Map.entry(Cos.class, "Cos"),
          Map.entry(Cosh.class, "Cosh"),
          Map.entry(Erf.class, "Erf"),
          Map.entry(Exp.class, "Exp"),
          Map.entry(Floor.class, "Floor"),
          Map.entry(HardSwish.class, "HardSwish"),
          Map.entry(IsNan.class, "IsNaN"),
          Map.entry(Log.class, "Log"),
          Map.entry(Neg.class, "Neg"),
          Map.entry(Reciprocal.class, "Reciprocal"),
          Map.entry(Relu.class, "Relu"),
          Map.entry(Round.class, "Round"),
          Map.entry(Selu.class, "Selu"),
          Map.entry(Sigmoid.class, "Sigmoid"),
          Map.entry(Sign.class, "Sign"),
          Map.entry(Sin.class, "Sin"),
          Map.entry(Sinh.class, "Sinh"),
          Map.entry(Softsign.class, "Softsign"),
          Map.entry(Sqrt.class, "Sqrt"),
          Map.entry(Tan.class, "Tan"),
          Map.entry(Tanh.class, "Tanh"));

  private PointRows() {}

  static void add(WriteRules to) {
    PLAIN.forEach((type, name) -> to.any(type, (op, at) -> at.answer(name, at.in(0))));
    to.any(Celu.class, (op, at) -> alpha(at, "Celu", op.alpha()));
    to.any(Clip.class, PointRows::clip);
    to.any(Elu.class, (op, at) -> alpha(at, "Elu", op.alpha()));
    to.any(HardSigmoid.class, PointRows::hardSigmoid);
    to.any(IsInf.class, PointRows::isInf);
    to.any(LeakyRelu.class, (op, at) -> alpha(at, "LeakyRelu", op.alpha()));
    to.any(PRelu.class, (op, at) -> at.answer("PRelu", at.in(0), at.in(1)));
    to.any(Shrink.class, (op, at) -> shrink(at, op.bias(), op.lambda()));
    to.any(SoftShrink.class, (op, at) -> shrink(at, op.lambda(), op.lambda()));
    to.any(ThresholdedRelu.class, (op, at) -> alpha(at, "ThresholdedRelu", op.alpha()));
  }

  private static List<String> alpha(WriteContext at, String type, double alpha) {
    return at.answer(OnnxCall.of(type, at.in(0)).number("alpha", alpha));
  }

  /** An end at infinity is left out. */
  private static List<String> clip(Clip op, WriteContext at) {
    String low = Double.isInfinite(op.low()) && op.low() < 0 ? "" : at.number(op.low());
    boolean open = Double.isInfinite(op.high()) && op.high() > 0;
    return open
        ? at.answer("Clip", at.in(0), low)
        : at.answer("Clip", at.in(0), low, at.number(op.high()));
  }

  private static List<String> hardSigmoid(HardSigmoid op, WriteContext at) {
    return at.answer(
        OnnxCall.of("HardSigmoid", at.in(0)).number("alpha", op.alpha()).number("beta", op.beta()));
  }

  private static List<String> isInf(IsInf op, WriteContext at) {
    return at.answer(
        OnnxCall.of("IsInf", at.in(0))
            .flag("detect_negative", op.negative())
            .flag("detect_positive", op.positive()));
  }

  private static List<String> shrink(WriteContext at, double bias, double lambda) {
    return at.answer(OnnxCall.of("Shrink", at.in(0)).number("bias", bias).number("lambd", lambda));
  }
}
