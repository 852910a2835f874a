package dev.axiomml.interop.onnx.save.rules;

import dev.axiomml.core.op.scalar.Expm1;
import dev.axiomml.core.op.scalar.Gelu;
import dev.axiomml.core.op.scalar.GeluTanh;
import dev.axiomml.core.op.scalar.Log1p;
import dev.axiomml.core.op.scalar.LogSigmoid;
import dev.axiomml.core.op.scalar.Mish;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.Silu;
import dev.axiomml.core.op.scalar.Softplus;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.op.scalar.Trunc;
import dev.axiomml.interop.onnx.save.node.WriteContext;
import java.util.List;

/** Functions of one number that opset 17 lacks, put together as exporters do. */
final class SmoothRows {
  /** From where on ln(1 + exp(z)) is z in float32. */
  private static final double LINEAR = 17;

  private SmoothRows() {}

  static void add(WriteRules to) {
    to.any(Expm1.class, SmoothRows::expm1);
    to.any(Gelu.class, SmoothRows::gelu);
    to.any(GeluTanh.class, SmoothRows::geluTanh);
    to.any(Log1p.class, SmoothRows::log1p);
    to.any(LogSigmoid.class, SmoothRows::logSigmoid);
    to.any(Mish.class, SmoothRows::mish);
    to.any(PowConstant.class, (op, at) -> at.answer("Pow", at.in(0), at.number(op.exponent())));
    to.any(Silu.class, (op, at) -> at.answer("Mul", at.in(0), at.one("Sigmoid", at.in(0))));
    to.any(Softplus.class, SmoothRows::softplus);
    to.any(Square.class, (op, at) -> at.answer("Mul", at.in(0), at.in(0)));
    to.any(Trunc.class, SmoothRows::trunc);
  }

  /** {@code tanh(x/2) · (exp(x) + 1)}, which loses nothing near zero. */
  private static List<String> expm1(Expm1 op, WriteContext at) {
    String half = at.one("Tanh", at.one("Mul", at.in(0), at.number(0.5)));
    return at.answer("Mul", half, at.one("Add", at.one("Exp", at.in(0)), at.number(1)));
  }

  private static List<String> gelu(Gelu op, WriteContext at) {
    String erf = at.one("Erf", at.one("Div", at.in(0), at.number(Math.sqrt(2))));
    String share = at.one("Mul", at.in(0), at.one("Add", erf, at.number(1)));
    return at.answer("Mul", share, at.number(0.5));
  }

  private static List<String> geluTanh(GeluTanh op, WriteContext at) {
    String cube = at.one("Mul", at.one("Mul", at.in(0), at.in(0)), at.in(0));
    String bent = at.one("Add", at.in(0), at.one("Mul", cube, at.number(0.044715)));
    String tanh = at.one("Tanh", at.one("Mul", bent, at.number(Math.sqrt(2 / Math.PI))));
    String share = at.one("Mul", at.in(0), at.one("Add", tanh, at.number(1)));
    return at.answer("Mul", share, at.number(0.5));
  }

  /** Near zero {@code 2 · atanh(x / (2 + x))}, which loses nothing there. */
  private static List<String> log1p(Log1p op, WriteContext at) {
    String x = at.in(0);
    String quotient = at.one("Div", x, at.one("Add", x, at.number(2)));
    String near = at.one("Mul", at.one("Atanh", quotient), at.number(2));
    String far = at.one("Log", at.one("Add", x, at.number(1)));
    String small = at.one("Less", at.one("Abs", x), at.number(0.5));
    return at.answer("Where", small, near, far);
  }

  private static List<String> logSigmoid(LogSigmoid op, WriteContext at) {
    return at.answer("Neg", at.one("Softplus", at.one("Neg", at.in(0))));
  }

  private static List<String> mish(Mish op, WriteContext at) {
    return at.opset() >= 18
        ? at.answer("Mish", at.in(0))
        : at.answer("Mul", at.in(0), at.one("Tanh", at.one("Softplus", at.in(0))));
  }

  /** A threshold that float32 notices is a choice of its own. */
  private static List<String> softplus(Softplus op, WriteContext at) {
    boolean plain = op.beta() == 1;
    String steep = plain ? at.in(0) : at.one("Mul", at.in(0), at.number(op.beta()));
    String soft = at.one("Softplus", steep);
    String scaled = plain ? soft : at.one("Div", soft, at.number(op.beta()));
    if (op.threshold() >= LINEAR) {
      return List.of(scaled);
    }
    String beyond = at.one("Greater", steep, at.number(op.threshold()));
    return at.answer("Where", beyond, at.in(0), scaled);
  }

  private static List<String> trunc(Trunc op, WriteContext at) {
    String size = at.one("Floor", at.one("Abs", at.in(0)));
    return at.answer("Mul", at.one("Sign", at.in(0)), size);
  }
}
