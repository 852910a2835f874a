package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.BroadcastNests;
import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code x / d} by known divisors, broadcast from the right, run as a product with the nearest to
 * {@code 1 / d}.
 *
 * <p>Shape: that of {@code x} broadcast with the divisors.
 *
 * @param divisor finite float numbers, none zero
 */
public record DivideBy(Tensor divisor) implements SumOp {
  /** Refuses zeros. */
  public DivideBy {
    if (!divisor.dtype().isFloat()
        || Arrays.stream(divisor.toDoubles()).anyMatch(d -> d == 0 || Double.isNaN(d))) {
      throw new IllegalArgumentException("divisors are float numbers, none 0, got " + divisor);
    }
  }

  @Override
  public Shape out(List<Shape> in) {
    return CommonShapeRules.broadcast("divide", in.get(0), divisor.shape());
  }

  @Override
  public Tensor table(List<Shape> in) {
    double[] shares = Arrays.stream(divisor.toDoubles()).map(d -> 1 / d).toArray();
    return Tensor.ofDoubles(divisor.shape(), DType.FLOAT64, shares);
  }

  @Override
  public int extraRoundings() {
    return 2;
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    return List.of(SumTerm.own(0, List.of(BroadcastNests.products(in.get(0), divisor.shape(), out(in)))));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.of(
        new ReorderedOp(new DivideBy(BroadcastNests.relaid(divisor, order.length, order)), order));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.broadcast(List.of(in.get(0).shape(), divisor.shape()));
  }
}
