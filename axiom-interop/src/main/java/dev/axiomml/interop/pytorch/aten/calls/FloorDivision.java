package dev.axiomml.interop.pytorch.aten.calls;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.pair.Compare;
import dev.axiomml.core.op.pair.Div;
import dev.axiomml.core.op.pair.Logic;
import dev.axiomml.core.op.pair.Mod;
import dev.axiomml.core.op.pair.Sub;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.op.scalar.Round;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.interop.pytorch.aten.AtenCall;
import java.util.List;

/**
 * Quotients rounded down as PyTorch rounds them: the exact remainder is taken off before dividing,
 * so that 1 // 0.1 is 9 although 1 / 0.1 rounds to 10.
 */
final class FloorDivision {
  /** The quotient of whole numbers, toward zero. */
  static final Op WHOLE =
      new dev.axiomml.core.op.pair.Arithmetic(dev.axiomml.core.op.pair.Arithmetic.Kind.DIV);

  private FloorDivision() {}

  static Value quotient(AtenCall call, List<Value> pair) {
    Value a = pair.get(0);
    Value b = pair.get(1);
    if (!a.type().dtype().isFloat()) {
      Value left = call.emit(new Mod(false), a, b);
      return call.emit(WHOLE, call.emit(new Sub(), a, left), b);
    }
    DType dtype = a.type().dtype();
    Value zero = call.constant(0, dtype);
    Value left = call.emit(new Mod(true), a, b);
    Value even = call.emit(new Round(), call.emit(new Div(), call.emit(new Sub(), a, left), b));
    Value below = call.emit(new Sub(), even, call.constant(1, dtype));
    Value floored = call.emit(new Where(), isOpposite(call, left, b, zero), below, even);
    Value none = call.emit(new Compare(Compare.Kind.EQUAL), b, zero);
    return call.emit(new Where(), none, call.emit(new Div(), a, b), floored);
  }

  /** Whether a remainder is not zero and of another sign than the divisor. */
  private static Value isOpposite(AtenCall call, Value left, Value by, Value zero) {
    Compare less = new Compare(Compare.Kind.LESS);
    Value signs =
        call.emit(
            new Logic(Logic.Kind.XOR), call.emit(less, left, zero), call.emit(less, by, zero));
    Value some = call.emit(new Compare(Compare.Kind.UNEQUAL), left, zero);
    return call.emit(new Logic(Logic.Kind.AND), some, signs);
  }
}
