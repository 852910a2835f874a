package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Add;
import dev.axiomml.core.op.Div;
import dev.axiomml.core.op.DivideBy;
import dev.axiomml.core.op.Log;
import dev.axiomml.core.op.Mod;
import dev.axiomml.core.op.Mul;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Pow;
import dev.axiomml.core.op.PowConstant;
import dev.axiomml.core.op.Reciprocal;
import dev.axiomml.core.op.Round;
import dev.axiomml.core.op.Sqrt;
import dev.axiomml.core.op.Square;
import dev.axiomml.core.op.Sub;
import dev.axiomml.core.op.Trunc;
import dev.axiomml.core.op.Where;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import java.util.List;

/** Element by element arithmetic of tensors and numbers. */
final class Arithmetic {
  private static final Op WHOLE_POWER =
      new dev.axiomml.core.op.Arithmetic(dev.axiomml.core.op.Arithmetic.Kind.POW);

  private Arithmetic() {}

  /** A value times a number; the value itself where that is one. */
  static Value scaled(Call call, Value x, double factor) {
    return factor == 1 ? x : call.emit(new Mul(), x, call.constant(factor, x.type().dtype()));
  }

  /** {@code self + alpha · other}. */
  static Item add(Call call) {
    if (isSizes(call)) {
      return new Item.Size(call.size("self").plus(scaled(call, "other")));
    }
    List<Value> pair = pair(call);
    return flow(call.emit(new Add(), pair.get(0), weighted(call, pair.get(1))));
  }

  /** {@code self − alpha · other}. */
  static Item sub(Call call) {
    if (isSizes(call)) {
      return new Item.Size(call.size("self").minus(scaled(call, "other")));
    }
    List<Value> pair = pair(call);
    return flow(call.emit(new Sub(), pair.get(0), weighted(call, pair.get(1))));
  }

  /** {@code other − alpha · self}. */
  static Item rsub(Call call) {
    if (isSizes(call)) {
      return new Item.Size(call.size("other").minus(scaled(call, "self")));
    }
    List<Value> pair = pair(call);
    return flow(call.emit(new Sub(), pair.get(1), weighted(call, pair.get(0))));
  }

  private static Dim scaled(Call call, String name) {
    return call.size(name).times(call.size("alpha"));
  }

  /** Alpha times a value; a fraction of whole numbers is none. */
  private static Value weighted(Call call, Value x) {
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
  static Item mul(Call call) {
    if (isSizes(call)) {
      return new Item.Size(call.size("self").times(call.size("other")));
    }
    return flow(binary(call, new Mul()));
  }

  /** {@code self / other}, perhaps rounded; only then whole numbers stay whole. */
  static Item div(Call call) {
    boolean exact = !call.knows("rounding_mode") || !call.given("rounding_mode");
    String mode = exact ? "" : call.text("rounding_mode");
    if (isSizes(call) && !exact) {
      return new Item.Size(Whole.quotient(call, call.size("self"), call.size("other"), mode));
    }
    return switch (mode) {
      case "" -> flow(exactly(call));
      case "trunc" -> flow(truncated(call));
      case "floor" -> flow(Floored.quotient(call, pair(call)));
      default ->
          throw call.refused(
              "rounding mode " + mode, "modes are trunc and floor", "use one of them");
    };
  }

  private static Value exactly(Call call) {
    List<Value> pair = floats(call);
    boolean known = !(call.item("other") instanceof Item.Flow || call.weight("other").isPresent());
    return known && call.number("other") != 0
        ? call.emit(new DivideBy(call.known(pair.get(1)).orElseThrow()), pair.get(0))
        : call.emit(new Div(), pair.get(0), pair.get(1));
  }

  private static Value truncated(Call call) {
    List<Value> pair = pair(call);
    boolean whole = pair.get(0).type().dtype().isInteger();
    return whole
        ? call.emit(Floored.WHOLE, pair.get(0), pair.get(1))
        : call.emit(new Trunc(), call.emit(new Div(), pair.get(0), pair.get(1)));
  }

  static Item floorDivide(Call call) {
    return isSizes(call)
        ? new Item.Size(call.size("self").floorDiv(call.size("other")))
        : flow(Floored.quotient(call, pair(call)));
  }

  /** True division makes floats of integers. */
  private static List<Value> floats(Call call) {
    return pair(call).stream().map(x -> Promotion.real(call, x)).toList();
  }

  /** A tensor to a power; whole numbers stay whole where the exponent is. */
  static Item pow(Call call) {
    Item exponent = call.item("exponent");
    boolean constant = call.isTensor("self") && !call.isTensor("exponent");
    if (!constant) {
      List<Value> pair = pair(call, "self", "exponent");
      boolean whole = !pair.get(0).type().dtype().isFloat();
      return flow(call.emit(whole ? WHOLE_POWER : new Pow(), pair.get(0), pair.get(1)));
    }
    DType dtype = Promotion.of(call.item("self"), exponent);
    Value x = Promotion.cast(call, call.tensor("self"), dtype);
    double power = call.number("exponent");
    if (!dtype.isFloat()) {
      return flow(call.emit(WHOLE_POWER, x, call.constant(power, dtype)));
    }
    return flow(call.emit(power == 2 ? new Square() : new PowConstant(power), x));
  }

  static Value square(Call call) {
    Value x = call.tensor("self");
    return x.type().dtype().isFloat() ? call.emit(new Square(), x) : call.emit(new Mul(), x, x);
  }

  /** Rounded somehow; whole numbers are already. */
  static Value rounded(Call call, Op op) {
    Value x = call.tensor("self");
    return x.type().dtype().isFloat() ? call.emit(op, x) : x;
  }

  /** To the nearest, of two the even one, of so many decimals. */
  static Value round(Call call) {
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
  static Value remainder(Call call, boolean truncated) {
    List<Value> pair = pair(call);
    return call.emit(new Mod(truncated), pair.get(0), pair.get(1));
  }

  /** The remainder with the sign of the divisor, of sizes too. */
  static Item modulo(Call call) {
    return isSizes(call)
        ? Whole.remainder(call.size("self"), call.size("other"))
        : flow(remainder(call, false));
  }

  static Value rsqrt(Call call) {
    return call.emit(
        new Reciprocal(), call.emit(new Sqrt(), Promotion.real(call, call.tensor("self"))));
  }

  /** A logarithm of another base. */
  static Value log(Call call, double base) {
    return scaled(
        call,
        call.emit(new Log(), Promotion.real(call, call.tensor("self"))),
        1 / StrictMath.log(base));
  }

  /** Where a mask is true the number, else the tensor. */
  static Value maskedFill(Call call) {
    Value x = call.tensor("self");
    DType dtype = x.type().dtype();
    Value fill =
        call.isTensor("value")
            ? Promotion.cast(call, call.tensor("value"), dtype)
            : call.constant(call.number("value"), dtype);
    return call.emit(new Where(), call.tensor("mask"), fill, x);
  }

  static Value binary(Call call, Op op) {
    List<Value> pair = pair(call);
    return call.emit(op, pair.get(0), pair.get(1));
  }

  private static boolean isSizes(Call call) {
    return call.item("self") instanceof Item.Size && call.item("other") instanceof Item.Size;
  }

  static Item flow(Value value) {
    return new Item.Flow(value);
  }

  /** Both operands as tensors of one element type; a number takes the type of the tensor. */
  static List<Value> pair(Call call) {
    return pair(call, "self", "other");
  }

  private static List<Value> pair(Call call, String first, String second) {
    DType dtype = Promotion.of(call.item(first), call.item(second));
    return List.of(operand(call, first, dtype), operand(call, second, dtype));
  }

  private static Value operand(Call call, String name, DType dtype) {
    Item item = call.item(name);
    boolean tensor = item instanceof Item.Flow || item instanceof Item.Weight;
    return tensor
        ? Promotion.cast(call, call.tensor(name), dtype)
        : call.constant(call.number(name), dtype);
  }
}
