package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.SizeOp;
import dev.axiomml.core.op.common.BroadcastPairs;
import dev.axiomml.core.op.common.WrappingIntegers;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Arithmetic on integers in their own type, wrapping as the type does; the operands are broadcast
 * from the right.
 *
 * <p>Shape: one or two integer tensors of one type, broadcast. On int64 it computes with symbolic
 * sizes too.
 *
 * @param kind what is computed
 */
public record Arithmetic(Kind kind) implements SizeOp {
  /** What can be computed. */
  public enum Kind {
    /** a + b. */
    ADD,
    /** a − b. */
    SUB,
    /** a · b. */
    MUL,
    /** a / b toward zero. */
    DIV,
    /** Remainder with the sign of b, as in Python. */
    MOD,
    /** Remainder with the sign of a, as in C. */
    REM,
    /** The smaller. */
    MIN,
    /** The larger. */
    MAX,
    /** a raised to b. */
    POW,
    /** −a. */
    NEG,
    /** Magnitude; the smallest number stays as it is. */
    ABS,
    /** −1, 0 or 1. */
    SIGN
  }

  private boolean single() {
    return kind == Kind.NEG || kind == Kind.ABS || kind == Kind.SIGN;
  }

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, single() ? 1 : 2);
    WrappingIntegers.require(this, in, "integers of one type", DType::isInteger);
    return List.of(Type.of(BroadcastPairs.out(this, in), in.get(0).dtype()));
  }

  @Override
  public List<RuntimeValue> run(List<RuntimeValue> in) {
    DType dtype = in.get(0).tensor().dtype();
    return List.of(
        WrappingIntegers.map(
            this, dtype, in, (a, b) -> WrappingIntegers.wrap(dtype, compute(dtype, a, b))));
  }

  private long compute(DType dtype, long a, long b) {
    boolean less = WrappingIntegers.compare(dtype, a, b) <= 0;
    return switch (kind) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> WrappingIntegers.divide(dtype, a, b);
      case MOD -> modulo(dtype, a, b);
      case REM -> WrappingIntegers.remainder(dtype, a, b);
      case MIN -> less ? a : b;
      case MAX -> less ? b : a;
      case POW -> WrappingIntegers.power(a, b);
      case NEG -> -a;
      case ABS -> dtype.isUnsigned() ? a : Math.abs(a);
      case SIGN -> WrappingIntegers.compare(dtype, a, 0);
    };
  }

  private static long modulo(DType dtype, long a, long b) {
    long left = WrappingIntegers.remainder(dtype, a, b);
    return dtype.isUnsigned() || left == 0 || (left < 0) == (b < 0) ? left : left + b;
  }

  @Override
  public Optional<KnownValue.Sizes> sizes(List<Type> in, List<KnownValue> known) {
    if (in.get(0).dtype() != DType.INT64
        || known.stream().anyMatch(k -> k.sizes().isEmpty())
        || !BroadcastPairs.out(this, in).isFixed()) {
      return Optional.empty();
    }
    int[][] at = BroadcastPairs.positions(this, in);
    List<Dim> a = known.get(0).sizes().orElseThrow();
    List<Dim> b = known.get(known.size() - 1).sizes().orElseThrow();
    List<Dim> y = new ArrayList<>();
    for (int i = 0; i < at[0].length; i++) {
      Optional<Dim> one = compute(a.get(at[0][i]), b.get(at[at.length - 1][i]));
      if (one.isEmpty()) {
        return Optional.empty();
      }
      y.add(one.get());
    }
    return Optional.of(new KnownValue.Sizes(BroadcastPairs.out(this, in), y));
  }

  private Optional<Dim> compute(Dim a, Dim b) {
    if (a.isFixed() && b.isFixed()) {
      boolean undefined =
          b.value() == 0 && (kind == Kind.DIV || kind == Kind.MOD || kind == Kind.REM);
      return undefined
          ? Optional.empty()
          : Optional.of(Dim.of(compute(DType.INT64, a.value(), b.value())));
    }
    boolean positive = b.isFixed() && b.value() > 0;
    return switch (kind) {
      case ADD -> Optional.of(a.plus(b));
      case SUB -> Optional.of(a.minus(b));
      case MUL -> Optional.of(a.times(b));
      case NEG -> Optional.of(a.times(-1));
      case DIV -> positive ? Optional.of(a.floorDiv(b)) : Optional.empty();
      case MOD, REM -> positive ? Optional.of(a.minus(a.floorDiv(b).times(b))) : Optional.empty();
      case MIN, MAX -> a.equals(b) ? Optional.of(a) : Optional.empty();
      default -> Optional.empty();
    };
  }

  @Override
  public String whyNoBound() {
    return "it computes on integers, which proofs do not follow";
  }
}
