package dev.axiomml.interop.onnx.save;

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
import dev.axiomml.core.op.Floor;
import dev.axiomml.core.op.HardSigmoid;
import dev.axiomml.core.op.HardSwish;
import dev.axiomml.core.op.IsInf;
import dev.axiomml.core.op.IsNan;
import dev.axiomml.core.op.LeakyRelu;
import dev.axiomml.core.op.Log;
import dev.axiomml.core.op.Neg;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.PRelu;
import dev.axiomml.core.op.Reciprocal;
import dev.axiomml.core.op.Relu;
import dev.axiomml.core.op.Round;
import dev.axiomml.core.op.Selu;
import dev.axiomml.core.op.Shrink;
import dev.axiomml.core.op.Sigmoid;
import dev.axiomml.core.op.Sign;
import dev.axiomml.core.op.Sin;
import dev.axiomml.core.op.Sinh;
import dev.axiomml.core.op.SoftShrink;
import dev.axiomml.core.op.Softsign;
import dev.axiomml.core.op.Sqrt;
import dev.axiomml.core.op.Tan;
import dev.axiomml.core.op.Tanh;
import dev.axiomml.core.op.ThresholdedRelu;
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

  static void add(Rows to) {
    PLAIN.forEach((type, name) -> to.any(type, (op, at) -> at.answer(name, at.in(0))));
    to.any(Celu.class, (op, at) -> alpha(at, "Celu", op.alpha()));
    to.any(Clip.class, PointRows::clip);
    to.any(Elu.class, (op, at) -> alpha(at, "Elu", op.alpha()));
    to.any(HardSigmoid.class, PointRows::hardSigmoid);
    to.any(IsInf.class, PointRows::isInf);
    to.any(LeakyRelu.class, (op, at) -> alpha(at, "LeakyRelu", op.alpha()));
    to.any(PRelu.class, (op, at) -> at.answer("PRelu", at.in(0), at.weight(op.slope())));
    to.any(Shrink.class, (op, at) -> shrink(at, op.bias(), op.lambda()));
    to.any(SoftShrink.class, (op, at) -> shrink(at, op.lambda(), op.lambda()));
    to.any(ThresholdedRelu.class, (op, at) -> alpha(at, "ThresholdedRelu", op.alpha()));
  }

  private static List<String> alpha(Spot at, String type, double alpha) {
    return at.answer(Call.of(type, at.in(0)).number("alpha", alpha));
  }

  /** An end at infinity is left out. */
  private static List<String> clip(Clip op, Spot at) {
    String low = Double.isInfinite(op.low()) && op.low() < 0 ? "" : at.number(op.low());
    boolean open = Double.isInfinite(op.high()) && op.high() > 0;
    return open
        ? at.answer("Clip", at.in(0), low)
        : at.answer("Clip", at.in(0), low, at.number(op.high()));
  }

  private static List<String> hardSigmoid(HardSigmoid op, Spot at) {
    return at.answer(
        Call.of("HardSigmoid", at.in(0)).number("alpha", op.alpha()).number("beta", op.beta()));
  }

  private static List<String> isInf(IsInf op, Spot at) {
    return at.answer(
        Call.of("IsInf", at.in(0))
            .flag("detect_negative", op.negative())
            .flag("detect_positive", op.positive()));
  }

  private static List<String> shrink(Spot at, double bias, double lambda) {
    return at.answer(Call.of("Shrink", at.in(0)).number("bias", bias).number("lambd", lambda));
  }
}
