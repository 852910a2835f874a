package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Add;
import dev.axiomml.core.op.Div;
import dev.axiomml.core.op.DivideBy;
import dev.axiomml.core.op.Floor;
import dev.axiomml.core.op.Log;
import dev.axiomml.core.op.Mod;
import dev.axiomml.core.op.Mul;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.Pow;
import dev.axiomml.core.op.PowConstant;
import dev.axiomml.core.op.Reciprocal;
import dev.axiomml.core.op.Sqrt;
import dev.axiomml.core.op.Square;
import dev.axiomml.core.op.Sub;
import dev.axiomml.core.op.Trunc;
import dev.axiomml.core.op.Where;
import dev.axiomml.core.tensor.DType;
import java.util.List;

/** Element by element arithmetic of tensors and numbers. */
final class Arithmetic {
  private static final Op WHOLE_QUOTIENT =
      new dev.axiomml.core.op.Arithmetic(dev.axiomml.core.op.Arithmetic.Kind.DIV);

  private Arithmetic() {}

  /** A value times a number; the value itself where that is one. */
  static Value scaled(Call call, Value x, double factor) {
    return factor == 1 ? x : call.emit(new Mul(), x, call.constant(factor, x.type().dtype()));
  }

  /** {@code self + alpha · other}. */
  static Item add(Call call) {
    if (isSizes(call)) {
      return new Item.Size(call.size("self").plus(call.size("other")));
    }
    List<Value> pair = pair(call);
    double alpha = call.number("alpha");
    return flow(call.emit(new Add(), pair.get(0), scaled(call, pair.get(1), alpha)));
  }

  /** {@code self − alpha · other}. */
  static Item sub(Call call) {
    if (isSizes(call)) {
      return new Item.Size(call.size("self").minus(call.size("other")));
    }
    List<Value> pair = pair(call);
    double alpha = call.number("alpha");
    return flow(call.emit(new Sub(), pair.get(0), scaled(call, pair.get(1), alpha)));
  }

  /** {@code other − alpha · self}. */
  static Item rsub(Call call) {
    if (isSizes(call)) {
      return new Item.Size(call.size("other").minus(call.size("self")));
    }
    List<Value> pair = pair(call);
    double alpha = call.number("alpha");
    return flow(call.emit(new Sub(), pair.get(1), scaled(call, pair.get(0), alpha)));
  }

  /** {@code self · other}. */
  static Item mul(Call call) {
    if (isSizes(call)) {
      return new Item.Size(call.size("self").times(call.size("other")));
    }
    return flow(binary(call, new Mul()));
  }

  /** {@code self / other} of floats, perhaps rounded afterwards. */
  static Item div(Call call) {
    if (isSizes(call) && !call.text("rounding_mode").isEmpty()) {
      return new Item.Size(call.size("self").floorDiv(call.size("other")));
    }
    return flow(quotient(call));
  }

  private static Value quotient(Call call) {
    List<Value> pair = floats(call);
    boolean known = !(call.item("other") instanceof Item.Flow || call.weight("other").isPresent());
    Value quotient =
        known && call.number("other") != 0
            ? call.emit(new DivideBy(call.known(pair.get(1)).orElseThrow()), pair.get(0))
            : call.emit(new Div(), pair.get(0), pair.get(1));
    return switch (call.text("rounding_mode")) {
      case "floor" -> call.emit(new Floor(), quotient);
      case "trunc" -> call.emit(new Trunc(), quotient);
      default -> quotient;
    };
  }

  static Item floorDivide(Call call) {
    if (isSizes(call)) {
      return new Item.Size(call.size("self").floorDiv(call.size("other")));
    }
    List<Value> both = pair(call);
    if (!both.get(0).type().dtype().isFloat()) {
      Value left = call.emit(new Mod(false), both.get(0), both.get(1));
      Value even = call.emit(new Sub(), both.get(0), left);
      return flow(call.emit(WHOLE_QUOTIENT, even, both.get(1)));
    }
    return flow(call.emit(new Floor(), call.emit(new Div(), both.get(0), both.get(1))));
  }

  /** True division makes floats of integers. */
  private static List<Value> floats(Call call) {
    List<Value> pair = pair(call);
    boolean whole = !pair.get(0).type().dtype().isFloat();
    return whole ? pair.stream().map(x -> Promotion.cast(call, x, DType.FLOAT32)).toList() : pair;
  }

  static Item pow(Call call) {
    boolean constant =
        call.item("exponent") instanceof Item.Size || call.item("exponent") instanceof Item.Real;
    if (constant) {
      double exponent = call.number("exponent");
      Value x = call.tensor("self");
      return flow(call.emit(exponent == 2 ? new Square() : new PowConstant(exponent), x));
    }
    List<Value> pair = pair(call, "self", "exponent");
    return flow(call.emit(new Pow(), pair.get(0), pair.get(1)));
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
    return call.emit(new Reciprocal(), call.emit(new Sqrt(), call.tensor("self")));
  }

  /** A logarithm of another base. */
  static Value log(Call call, double base) {
    return scaled(call, call.emit(new Log(), call.tensor("self")), 1 / Math.log(base));
  }

  /** Where a mask is true the number, else the tensor. */
  static Value maskedFill(Call call) {
    Value x = call.tensor("self");
    Item value = call.item("value");
    boolean computed = value instanceof Item.Flow || value instanceof Item.Weight;
    Value fill =
        computed ? call.tensor("value") : call.constant(call.number("value"), x.type().dtype());
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
