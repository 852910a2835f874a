package dev.axiomml.dsl;

import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.move.Dropout;
import dev.axiomml.core.op.norm.LogSoftmax;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.Ceil;
import dev.axiomml.core.op.scalar.Celu;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Cos;
import dev.axiomml.core.op.scalar.Erf;
import dev.axiomml.core.op.scalar.Exp;
import dev.axiomml.core.op.scalar.Floor;
import dev.axiomml.core.op.scalar.Log;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Round;
import dev.axiomml.core.op.scalar.Shrink;
import dev.axiomml.core.op.scalar.Sign;
import dev.axiomml.core.op.scalar.Sin;
import dev.axiomml.core.op.scalar.SoftShrink;
import dev.axiomml.core.op.scalar.Softplus;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.tensor.Tensor;
import java.util.Map;
import java.util.function.Function;

/** How the cases of activations are driven; functions without a word in the DSL by operator. */
final class ActivationCases {
  static final Map<String, Function<Case, Activation>> SCALARS =
      Map.ofEntries(
          Map.entry("ReLU", c -> Dsl.RELU),
          Map.entry("ReLU6", c -> Dsl.RELU6),
          Map.entry("Sigmoid", c -> Dsl.SIGMOID),
          Map.entry("Tanh", c -> Dsl.TANH),
          Map.entry("LeakyReLU", c -> Activation.leakyRelu(c.number("negative_slope", 0.01))),
          Map.entry("ELU", c -> Activation.elu(c.number("alpha", 1))),
          Map.entry("SELU", c -> Dsl.SELU),
          Map.entry("CELU", c -> op(new Celu(c.number("alpha", 1)))),
          Map.entry(
              "GELU", c -> c.text("approximate", "none").equals("none") ? Dsl.GELU : Dsl.GELU_TANH),
          Map.entry("SiLU", c -> Dsl.SILU),
          Map.entry("Mish", c -> Dsl.MISH),
          Map.entry("Hardswish", c -> Dsl.HARD_SWISH),
          Map.entry("Hardsigmoid", c -> Dsl.HARD_SIGMOID),
          Map.entry("Hardtanh", c -> op(new Clip(c.number("min_val", -1), c.number("max_val", 1)))),
          Map.entry(
              "Softplus", c -> op(new Softplus(c.number("beta", 1), c.number("threshold", 20)))),
          Map.entry("Softsign", c -> Dsl.SOFTSIGN),
          Map.entry("LogSigmoid", c -> Dsl.LOG_SIGMOID),
          Map.entry("Softshrink", c -> op(new SoftShrink(c.number("lambd", 0.5)))),
          Map.entry("exp", c -> op(new Exp())),
          Map.entry("log", c -> op(new Log())),
          Map.entry("sqrt", c -> op(new Sqrt())),
          Map.entry("abs", c -> op(new Abs())),
          Map.entry("neg", c -> op(new Neg())),
          Map.entry("erf", c -> op(new Erf())),
          Map.entry("reciprocal", c -> op(new Reciprocal())),
          Map.entry("square", c -> op(new Square())));

  static final Map<String, Function<Case, Tensor>> RULES =
      Map.ofEntries(
          Map.entry("sin", c -> Drive.op(c, new Sin())),
          Map.entry("cos", c -> Drive.op(c, new Cos())),
          Map.entry("floor", c -> Drive.op(c, new Floor())),
          Map.entry("ceil", c -> Drive.op(c, new Ceil())),
          Map.entry("round", c -> Drive.op(c, new Round())),
          Map.entry("sign", c -> Drive.op(c, new Sign())),
          Map.entry("Dropout", c -> Drive.plain(c, in -> in.get(0).dropout(c.number("p", 0.5)))),
          Map.entry("AlphaDropout", c -> Drive.op(c, new Dropout(c.number("p", 0.5)))),
          Map.entry("Softmax", c -> Drive.op(c, new Softmax(c.integer("dim", -1)))),
          Map.entry("LogSoftmax", c -> Drive.op(c, new LogSoftmax(c.integer("dim", -1)))),
          Map.entry("Hardshrink", c -> Drive.op(c, new Shrink(0, c.number("lambd", 0.5)))),
          Map.entry("Softmin", c -> Functions.softmax(Functions.run(new Neg(), c.input(0)))),
          Map.entry(
              "rsqrt", c -> Functions.run(new Reciprocal(), Functions.run(new Sqrt(), c.input(0)))),
          Map.entry("GLU", c -> Drive.channelsFirst(c, RealFlow::glu)),
          Map.entry(
              "PReLU", c -> Drive.channelsFirst(c, x -> x.prelu(c.integer("num_parameters", 1)))),
          Map.entry("Softmax2d", c -> Drive.channelsFirst(c, RealFlow::softmax)));

  private ActivationCases() {}

  private static Activation op(ScalarOp op) {
    return new Activation(op.title(), op);
  }
}
