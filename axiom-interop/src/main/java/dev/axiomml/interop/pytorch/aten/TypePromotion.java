package dev.axiomml.interop.pytorch.aten;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.pair.Cast;
import dev.axiomml.core.tensor.DType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which element type operands meet in, as PyTorch decides it: tensors of the higher category (float
 * over integer over boolean) win, within a category the wider; tensors with axes before those
 * without; plain numbers only raise the category.
 */
public final class TypePromotion {
  private static final List<DType> ORDER =
      List.of(
          DType.BOOL,
          DType.UINT8,
          DType.INT8,
          DType.INT16,
          DType.INT32,
          DType.INT64,
          DType.FLOAT16,
          DType.FLOAT32,
          DType.FLOAT64);

  private static final int NUMBER = 0;
  private static final int SCALAR = 1;
  private static final int TENSOR = 2;

  private TypePromotion() {}

  public static DType of(AtenItem... operands) {
    return of(List.of(operands));
  }

  /** The type that any number of operands meet in; those of one priority are joined first. */
  public static DType of(List<AtenItem> operands) {
    return IntStream.of(NUMBER, SCALAR, TENSOR)
        .mapToObj(p -> operands.stream().filter(item -> priority(item) == p))
        .map(items -> items.map(TypePromotion::dtype).reduce(TypePromotion::joined))
        .flatMap(Optional::stream)
        .reduce((low, high) -> category(low) > category(high) ? low : high)
        .orElseThrow();
  }

  /** Tensors with axes before those without before numbers. */
  private static int priority(AtenItem item) {
    if (item instanceof AtenItem.Flow flow) {
      return flow.value().type().shape().rank() > 0 ? TENSOR : SCALAR;
    }
    return item instanceof AtenItem.Weight w
        ? (w.parameter().tensor().shape().rank() > 0 ? TENSOR : SCALAR)
        : NUMBER;
  }

  private static DType dtype(AtenItem item) {
    if (item instanceof AtenItem.Flow flow) {
      return flow.value().type().dtype();
    }
    if (item instanceof AtenItem.Weight weight) {
      return weight.parameter().tensor().dtype();
    }
    if (item instanceof AtenItem.Flag) {
      return DType.BOOL;
    }
    return item instanceof AtenItem.Real ? DType.FLOAT32 : DType.INT64;
  }

  static int category(DType dtype) {
    return dtype.isFloat() ? 2 : dtype.isInteger() ? 1 : 0;
  }

  /** The narrowest type that holds both. */
  static DType joined(DType a, DType b) {
    if (a == b) {
      return a;
    }
    boolean lone = Stream.of(a, b).anyMatch(x -> x != DType.BFLOAT16 && !ORDER.contains(x));
    if (lone) {
      throw new IllegalArgumentException("PyTorch has no common type of " + a + " and " + b);
    }
    boolean halves = a == DType.BFLOAT16 || b == DType.BFLOAT16;
    if (halves) {
      DType other = a == DType.BFLOAT16 ? b : a;
      return !other.isFloat() ? DType.BFLOAT16 : other == DType.FLOAT16 ? DType.FLOAT32 : other;
    }
    boolean signs = java.util.Set.of(a, b).equals(java.util.Set.of(DType.UINT8, DType.INT8));
    return signs ? DType.INT16 : ORDER.get(Math.max(ORDER.indexOf(a), ORDER.indexOf(b)));
  }

  /** Whole numbers and truths as floats, as functions of real numbers want them. */
  public static Value real(AtenCall call, Value x) {
    return x.type().dtype().isFloat() ? x : cast(call, x, DType.FLOAT32);
  }

  /** A value in an element type. */
  public static Value cast(AtenCall call, Value x, DType dtype) {
    return x.type().dtype() == dtype ? x : call.emit(new Cast(dtype), x);
  }
}
