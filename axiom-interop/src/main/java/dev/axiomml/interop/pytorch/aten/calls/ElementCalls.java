package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Logic;
import dev.axiomml.core.op.pair.Max;
import dev.axiomml.core.op.pair.Mul;
import dev.axiomml.core.op.pair.Pow;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.reduce.ReduceMean;
import dev.axiomml.core.op.reduce.ReduceSum;
import dev.axiomml.core.op.scalar.Abs;
import dev.axiomml.core.op.scalar.Atan;
import dev.axiomml.core.op.scalar.Clip;
import dev.axiomml.core.op.scalar.Exp;
import dev.axiomml.core.op.scalar.IsInf;
import dev.axiomml.core.op.scalar.IsNan;
import dev.axiomml.core.op.scalar.Log1p;
import dev.axiomml.core.op.scalar.Log;
import dev.axiomml.core.op.scalar.Neg;
import dev.axiomml.core.op.scalar.Reciprocal;
import dev.axiomml.core.op.scalar.Round;
import dev.axiomml.core.op.scalar.Sign;
import dev.axiomml.core.op.scalar.Sin;
import dev.axiomml.core.op.scalar.Sqrt;
import dev.axiomml.core.op.scalar.Square;
import dev.axiomml.core.op.scalar.Trunc;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import dev.axiomml.interop.pytorch.aten.TypePromotion;
import java.util.List;

/** Functions of elements that are written with those of the library. */
final class ElementCalls {
  private ElementCalls() {}

  private static Value real(AtenCall call) {
    return TypePromotion.real(call, call.tensor("self"));
  }

  private static Value number(AtenCall call, double number, Value as) {
    return call.constant(number, as.type().dtype());
  }

  private static Value where(AtenCall call, Value condition, Value a, Value b) {
    return call.emit(new Where(), condition, a, b);
  }

  private static Value isMore(AtenCall call, Compare.Kind kind, Value x, double than) {
    return call.emit(new Compare(kind), x, number(call, than, x));
  }

  private static Value or(AtenCall call, Value a, Value b) {
    return call.emit(new Logic(Logic.Kind.OR), a, b);
  }

  /** Whether an element has a property that only floats can have. */
  static Value is(AtenCall call, Op property) {
    Value x = call.tensor("self");
    return x.type().dtype().isFloat()
        ? call.emit(property, x)
        : call.expanded(call.constant(0, DType.BOOL), x.type().shape());
  }

  static Value isFinite(AtenCall call) {
    Value broken = or(call, is(call, new IsNan()), is(call, new IsInf(true, true)));
    return call.emit(new Logic(Logic.Kind.NOT), broken);
  }

  /** Whether the sign bit of a number is set, which of −0 it is; of NaN it is not known. */
  private static Value isNegative(AtenCall call, Value x) {
    Value below = isMore(call, Compare.Kind.LESS, x, 0);
    Value inverse = call.emit(new Reciprocal(), x);
    return or(call, below, isMore(call, Compare.Kind.LESS, inverse, 0));
  }

  /** The angle of (other, self): that of self over the magnitude of other, turned on its left. */
  static Value angle(AtenCall call) {
    List<Value> pair = floats(call);
    Value y = pair.get(0);
    Value x = pair.get(1);
    Value endless =
        call.emit(
            new Logic(Logic.Kind.AND),
            call.emit(new IsInf(true, true), y),
            call.emit(new IsInf(true, true), x));
    Value eighth = call.emit(new Mul(), call.emit(new Sign(), y), number(call, Math.PI / 4, y));
    Value ratio = call.emit(new Div(), y, call.emit(new Abs(), x));
    Value level = where(call, isMore(call, Compare.Kind.EQUAL, y, 0), y, ratio);
    Value known = call.emit(new IsNan(), x);
    Value right = where(call, endless, eighth, call.emit(new Atan(), where(call, known, x, level)));
    Value half =
        where(call, isNegative(call, y), number(call, -Math.PI, y), number(call, Math.PI, y));
    return where(call, isNegative(call, x), call.emit(new Sub(), half, right), right);
  }

  private static List<Value> floats(AtenCall call) {
    return ArithmeticCalls.pair(call).stream().map(x -> TypePromotion.real(call, x)).toList();
  }

  /** The length of (self, other), in doubles, which squares of float32 do not leave. */
  static Value length(AtenCall call) {
    List<Value> pair = floats(call);
    DType dtype = pair.get(0).type().dtype();
    if (dtype == DType.FLOAT64) {
      throw call.refused("hypot of float64", "its squares may overflow", "write the root out");
    }
    Value squares =
        pair.stream()
            .map(x -> call.emit(new Square(), TypePromotion.cast(call, x, DType.FLOAT64)))
            .reduce((a, b) -> call.emit(new Add(), a, b))
            .orElseThrow();
    Value length = TypePromotion.cast(call, call.emit(new Sqrt(), squares), dtype);
    Value endless =
        or(
            call,
            call.emit(new IsInf(true, true), pair.get(0)),
            call.emit(new IsInf(true, true), pair.get(1)));
    return where(call, endless, number(call, Double.POSITIVE_INFINITY, length), length);
  }

  /** The larger or smaller of two, the other one where one is not a number. */
  static Value best(AtenCall call, Op extreme) {
    List<Value> pair = ArithmeticCalls.pair(call);
    Value a = pair.get(0);
    Value b = pair.get(1);
    Value both = call.emit(extreme, a, b);
    if (!a.type().dtype().isFloat()) {
      return both;
    }
    Value first = where(call, call.emit(new IsNan(), b), a, both);
    return where(call, call.emit(new IsNan(), a), b, first);
  }

  /** {@code log(exp a + exp b)}. */
  static Value logSum(AtenCall call) {
    List<Value> pair = ArithmeticCalls.pair(call);
    Value a = pair.get(0);
    Value b = pair.get(1);
    Value most = call.emit(new Max(), a, b);
    Value apart = call.emit(new Abs(), call.emit(new Sub(), a, b));
    Value rest = call.emit(new Log1p(), call.emit(new Exp(), call.emit(new Neg(), apart)));
    Value sum = call.emit(new Add(), most, rest);
    Value endless = call.emit(new IsInf(true, true), most);
    return where(call, endless, most, sum);
  }

  /** {@code self · log(other)}, 0 where self is 0. */
  static Value timesLog(AtenCall call) {
    List<Value> pair = floats(call);
    Value x = pair.get(0);
    Value product = call.emit(new Mul(), x, call.emit(new Log(), pair.get(1)));
    Value zero = isMore(call, Compare.Kind.EQUAL, x, 0);
    Value known = where(call, zero, number(call, 0, x), product);
    return where(call, call.emit(new IsNan(), pair.get(1)), pair.get(1), known);
  }

  static Value fraction(AtenCall call) {
    Value x = call.tensor("self");
    return call.emit(new Sub(), x, call.emit(new Trunc(), x));
  }

  /** {@code log(x / (1 − x))}, x held between eps and 1 − eps where that is given. */
  static Value logit(AtenCall call) {
    Value x = real(call);
    if (call.given("eps")) {
      x = call.emit(new Clip(call.number("eps"), 1 - call.number("eps")), x);
    }
    Value rest = call.emit(new Sub(), number(call, 1, x), x);
    return call.emit(new Log(), call.emit(new Div(), x, rest));
  }

  /** {@code sin(πx) / πx}, 1 at 0. */
  static Value sinc(AtenCall call) {
    Value x = real(call);
    Value turns = call.emit(new Mul(), x, number(call, Math.PI, x));
    Value wave = call.emit(new Div(), call.emit(new Sin(), turns), turns);
    return where(call, isMore(call, Compare.Kind.EQUAL, x, 0), number(call, 1, x), wave);
  }

  static Value powerOfTwo(AtenCall call) {
    Value x = real(call);
    return call.emit(new Pow(), number(call, 2, x), x);
  }

  /** In doubles. */
  static Value widePower(AtenCall call) {
    List<Value> pair =
        ArithmeticCalls.pair(call, "self", "exponent").stream()
            .map(x -> TypePromotion.cast(call, x, DType.FLOAT64))
            .toList();
    return call.emit(new Pow(), pair.get(0), pair.get(1));
  }

  /** Rounded to steps of a scale and back. */
  static Value fakeQuantize(AtenCall call) {
    Value x = call.tensor("self");
    Value scale = operand(call, "scale", x);
    Value zero = operand(call, "zero_point", x);
    Value steps = call.emit(new Mul(), x, call.emit(new Reciprocal(), scale));
    Value whole = call.emit(new Round(), call.emit(new Add(), steps, zero));
    Value held = call.emit(new Clip(call.number("quant_min"), call.number("quant_max")), whole);
    return call.emit(new Mul(), call.emit(new Sub(), held, zero), scale);
  }

  private static Value operand(AtenCall call, String name, Value like) {
    DType dtype = like.type().dtype();
    return call.isTensor(name)
        ? TypePromotion.cast(call, call.tensor(name), dtype)
        : call.constant(call.number(name), dtype);
  }

  /** The difference of two, squared or its magnitude, perhaps taken together. */
  static Value loss(AtenCall call, Op of) {
    List<Value> pair = ArithmeticCalls.pair(call, "self", "target");
    Value each = call.emit(of, call.emit(new Sub(), pair.get(0), pair.get(1)));
    return switch (call.whole("reduction")) {
      case 0 -> each;
      case 1 -> call.emit(new ReduceMean(List.of(), false), each);
      default -> call.emit(new ReduceSum(List.of(), false), each);
    };
  }

  /** {@code self + value · first / second}. */
  static Value plusQuotient(AtenCall call) {
    Value part = call.emit(new Div(), call.tensor("tensor1"), call.tensor("tensor2"));
    Value scaled = ArithmeticCalls.scaled(call, part, call.number("value"));
    return call.emit(new Add(), call.tensor("self"), scaled);
  }

  /** How many of some sorted numbers are below each element. */
  static Value bucket(AtenCall call, String boundaries) {
    Value x = call.inserted(call.tensor("self"), call.tensor("self").type().shape().rank());
    Value ends = TypePromotion.cast(call, call.tensor(boundaries), x.type().dtype());
    if (ends.type().shape().rank() != 1 || call.isSet("out_int32")) {
      throw call.refused("boundaries " + ends.type(), "they are one list", "write the sum out");
    }
    boolean right = call.isSet("right");
    Compare.Kind kind = right ? Compare.Kind.GREATER_OR_EQUAL : Compare.Kind.GREATER;
    Value above = TypePromotion.cast(call, call.emit(new Compare(kind), x, ends), DType.INT64);
    return call.emit(new ReduceSum(List.of(x.type().shape().rank() - 1), false), above);
  }
}
