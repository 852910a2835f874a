package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Mod;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Pow;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.scalar.Log;
import dev.axiomml.core.op.scalar.PowConstant;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Round;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.op.scalar.Trunc;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.AtenItem;
import dev.axiomml.interop.pytorch.aten.TypePromotion;
import java.util.List;

/** Element by element arithmetic of tensors and numbers. */
final class ArithmeticCalls {
  private static final Op WHOLE_POWER =
      new dev.axiomml.core.op.pair.Arithmetic(dev.axiomml.core.op.pair.Arithmetic.Kind.POW);

  private ArithmeticCalls() {}

  /** A value times a number; the value itself where that is one. */
  static Value scaled(AtenCall call, Value x, double factor) {
    return factor == 1 ? x : call.emit(new Mul(), x, call.constant(factor, x.type().dtype()));
  }

  static Value scaledReal(AtenCall call, double factor) {
    return scaled(call, TypePromotion.real(call, call.tensor("self")), factor);
  }

  /** {@code self + alpha · other}. */
  static AtenItem add(AtenCall call) {
    if (isSizes(call)) {
      return new AtenItem.Size(call.size("self").plus(scaled(call, "other")));
    }
    List<Value> pair = pair(call);
    return flow(call.emit(new Add(), pair.get(0), weighted(call, pair.get(1))));
  }

  /** {@code self − alpha · other}. */
  static AtenItem sub(AtenCall call) {
    if (isSizes(call)) {
      return new AtenItem.Size(call.size("self").minus(scaled(call, "other")));
    }
    List<Value> pair = pair(call);
    return flow(call.emit(new Sub(), pair.get(0), weighted(call, pair.get(1))));
  }

  /** {@code other − alpha · self}. */
  static AtenItem rsub(AtenCall call) {
    if (isSizes(call)) {
      return new AtenItem.Size(call.size("other").minus(scaled(call, "self")));
    }
    List<Value> pair = pair(call);
    return flow(call.emit(new Sub(), pair.get(1), weighted(call, pair.get(0))));
  }

  private static Dim scaled(AtenCall call, String name) {
    return call.size(name).times(call.size("alpha"));
  }

  /** Alpha times a value; a fraction of whole numbers is none. */
  private static Value weighted(AtenCall call, Value x) {
    double alpha = call.number("alpha");
    if (!x.type().dtype().isFloat() && alpha != Math.rint(alpha)) {
      throw call.refused(
          "alpha " + alpha + " of " + x.type().dtype(),
          "whole numbers are added in whole multiples",
          "convert the tensors with .float()");
    }
    return scaled(call, x, alpha);
  }

  /** {@code self · other}. */
  static AtenItem mul(AtenCall call) {
    if (isSizes(call)) {
      return new AtenItem.Size(call.size("self").times(call.size("other")));
    }
    return flow(binary(call, new Mul()));
  }

  /** {@code self / other}, perhaps rounded; only then whole numbers stay whole. */
  static AtenItem div(AtenCall call) {
    boolean exact = !call.knows("rounding_mode") || !call.given("rounding_mode");
    String mode = exact ? "" : call.text("rounding_mode");
    if (isSizes(call) && !exact) {
      return new AtenItem.Size(
          SizeArithmetic.quotient(call, call.size("self"), call.size("other"), mode));
    }
    return switch (mode) {
      case "" -> flow(exactly(call));
      case "trunc" -> flow(truncated(call));
      case "floor" -> flow(FloorDivision.quotient(call, pair(call)));
      default ->
          throw call.refused(
              "rounding mode " + mode, "modes are trunc and floor", "use one of them");
    };
  }

  private static Value exactly(AtenCall call) {
    List<Value> pair = floats(call);
    return call.emit(new Div(), pair.get(0), pair.get(1));
  }

  private static Value truncated(AtenCall call) {
    List<Value> pair = pair(call);
    boolean whole = pair.get(0).type().dtype().isInteger();
    return whole
        ? call.emit(FloorDivision.WHOLE, pair.get(0), pair.get(1))
        : call.emit(new Trunc(), call.emit(new Div(), pair.get(0), pair.get(1)));
  }

  static AtenItem floorDivide(AtenCall call) {
    return isSizes(call)
        ? new AtenItem.Size(call.size("self").floorDiv(call.size("other")))
        : flow(FloorDivision.quotient(call, pair(call)));
  }

  /** True division makes floats of integers. */
  private static List<Value> floats(AtenCall call) {
    return pair(call).stream().map(x -> TypePromotion.real(call, x)).toList();
  }

  /** A tensor to a power; whole numbers stay whole where the exponent is. */
  static AtenItem pow(AtenCall call) {
    AtenItem exponent = call.item("exponent");
    boolean constant = call.isTensor("self") && !call.isTensor("exponent");
    if (!constant) {
      List<Value> pair = pair(call, "self", "exponent");
      boolean whole = !pair.get(0).type().dtype().isFloat();
      return flow(call.emit(whole ? WHOLE_POWER : new Pow(), pair.get(0), pair.get(1)));
    }
    DType dtype = TypePromotion.of(call.item("self"), exponent);
    Value x = TypePromotion.cast(call, call.tensor("self"), dtype);
    double power = call.number("exponent");
    if (!dtype.isFloat()) {
      return flow(call.emit(WHOLE_POWER, x, call.constant(power, dtype)));
    }
    return flow(call.emit(power == 2 ? new Square() : new PowConstant(power), x));
  }

  static Value square(AtenCall call) {
    Value x = call.tensor("self");
    return x.type().dtype().isFloat() ? call.emit(new Square(), x) : call.emit(new Mul(), x, x);
  }

  /** Rounded somehow; whole numbers are already. */
  static Value rounded(AtenCall call, Op op) {
    Value x = call.tensor("self");
    return x.type().dtype().isFloat() ? call.emit(op, x) : x;
  }

  /** To the nearest, of two the even one, to a number of decimals. */
  static Value round(AtenCall call) {
    Value x = call.tensor("self");
    int decimals = call.given("decimals") ? call.whole("decimals") : 0;
    if (decimals == 0 || !x.type().dtype().isFloat()) {
      return rounded(call, new Round());
    }
    Value ten = call.constant(StrictMath.pow(10, Math.abs(decimals)), x.type().dtype());
    Value shifted = call.emit(decimals > 0 ? new Mul() : new Div(), x, ten);
    return call.emit(decimals > 0 ? new Div() : new Mul(), call.emit(new Round(), shifted), ten);
  }

  /** What a division leaves over, with the sign of the dividend or of the divisor. */
  static Value remainder(AtenCall call, boolean truncated) {
    List<Value> pair = pair(call);
    return call.emit(new Mod(truncated), pair.get(0), pair.get(1));
  }

  /** The remainder with the sign of the divisor, of sizes too. */
  static AtenItem modulo(AtenCall call) {
    return isSizes(call)
        ? SizeArithmetic.remainder(call.size("self"), call.size("other"))
        : flow(remainder(call, false));
  }

  static Value rsqrt(AtenCall call) {
    return call.emit(
        new Reciprocal(), call.emit(new Sqrt(), TypePromotion.real(call, call.tensor("self"))));
  }

  /** A logarithm of another base. */
  static Value log(AtenCall call, double base) {
    return scaled(
        call,
        call.emit(new Log(), TypePromotion.real(call, call.tensor("self"))),
        1 / StrictMath.log(base));
  }

  /** Where a mask is true the number, else the tensor. */
  static Value maskedFill(AtenCall call) {
    Value x = call.tensor("self");
    DType dtype = x.type().dtype();
    Value fill =
        call.isTensor("value")
            ? TypePromotion.cast(call, call.tensor("value"), dtype)
            : call.constant(call.number("value"), dtype);
    return ComparisonCalls.chosen(call, call.tensor("mask"), fill, x);
  }

  static Value binary(AtenCall call, Op op) {
    List<Value> pair = pair(call);
    return call.emit(op, pair.get(0), pair.get(1));
  }

  private static boolean isSizes(AtenCall call) {
    return call.item("self") instanceof AtenItem.Size
        && call.item("other") instanceof AtenItem.Size;
  }

  static AtenItem flow(Value value) {
    return new AtenItem.Flow(value);
  }

  /** Both operands as tensors of one element type; a number takes the type of the tensor. */
  static List<Value> pair(AtenCall call) {
    return pair(call, "self", "other");
  }

  static List<Value> pair(AtenCall call, String first, String second) {
    DType dtype = TypePromotion.of(call.item(first), call.item(second));
    return List.of(operand(call, first, dtype), operand(call, second, dtype));
  }

  private static Value operand(AtenCall call, String name, DType dtype) {
    AtenItem item = call.item(name);
    boolean tensor = item instanceof AtenItem.Flow || item instanceof AtenItem.Weight;
    return tensor
        ? TypePromotion.cast(call, call.tensor(name), dtype)
        : call.constant(call.number(name), dtype);
  }
}
