package dev.axiomml.core.op.common;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.function.Predicate;

/** Integer arithmetic in an element type's own range. */
public final class WrappingIntegers {
  private WrappingIntegers() {}

  /** The same number wrapped into the range of a type; booleans become 0 or 1. */
  public static long wrap(DType dtype, long value) {
    return switch (dtype) {
      case INT8 -> (byte) value;
      case INT16 -> (short) value;
      case INT32 -> (int) value;
      case UINT8 -> value & 0xff;
      case UINT16 -> value & 0xffff;
      case UINT32 -> value & 0xffffffffL;
      case BOOL -> value == 0 ? 0 : 1;
      default -> value;
    };
  }

  /** Order of two numbers of a type: unsigned for uint64. */
  public static int compare(DType dtype, long a, long b) {
    return dtype == DType.UINT64 ? Long.compareUnsigned(a, b) : Long.compare(a, b);
  }

  public static long divide(DType dtype, long a, long b) {
    requireDivisor(b);
    return dtype == DType.UINT64 ? Long.divideUnsigned(a, b) : a / b;
  }

  public static long remainder(DType dtype, long a, long b) {
    requireDivisor(b);
    return dtype == DType.UINT64 ? Long.remainderUnsigned(a, b) : a % b;
  }

  private static void requireDivisor(long b) {
    if (b == 0) {
      throw new ShapeException(
          new Diagnosis(
              "integer division by 0",
              "",
              "integers have no infinity to answer with",
              "check the divisor, or divide floats"));
    }
  }

  public static long power(long base, long exponent) {
    if (exponent < 0) {
      return base == 1 ? 1 : base == -1 ? (exponent % 2 == 0 ? 1 : -1) : 0;
    }
    long result = 1;
    long square = base;
    for (long left = exponent; left > 0; left >>= 1) {
      result *= (left & 1) == 1 ? square : 1;
      square *= square;
    }
    return result;
  }

  /** A tensor made element by element of one or two operands that are broadcast. */
  public static Tensor map(Op op, DType out, List<RuntimeValue> in, LongBinaryOperator f) {
    List<Type> types = new ArrayList<>();
    in.forEach(datum -> types.add(datum.tensor().type()));
    int[][] at = BroadcastPairs.positions(op, types);
    long[] y = new long[at[0].length];
    long[] a = in.get(0).tensor().toLongs();
    long[] b = in.get(in.size() - 1).tensor().toLongs();
    for (int i = 0; i < y.length; i++) {
      y[i] = f.applyAsLong(a[at[0][i]], b[at[at.length - 1][i]]);
    }
    return Tensor.ofIntegers(BroadcastPairs.out(op, types), out, y);
  }

  public static void require(Op op, List<Type> in, String wanted, Predicate<DType> accepts) {
    DType dtype = FamilyTypes.same(op, in);
    if (!accepts.test(dtype) || !dtype.computes()) {
      throw new ShapeException(
          new Diagnosis(
              op.title() + " on " + in,
              "",
              op.title() + " computes on " + wanted,
              "cast the inputs first"));
    }
  }
}
