package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The whole number next to it toward zero; exact, gradient 0.
 *
 * <p>Shape: any, unchanged.
 */
public record Trunc() implements ScalarOp {
  @Override
  public double value(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(WeightedPolynomial.constant(0));
  }

  @Override
  public CurveAccuracy accuracy() {
    return CurveAccuracy.EXACT;
  }

  @Override
  public Profile profile() {
    return (lo, hi) ->
        lo >= 0
            ? new Floor().profile().pieces(lo, hi)
            : hi <= 0
                ? new Ceil().profile().pieces(lo, hi)
                : Stream.of(new Ceil().profile().pieces(lo, 0), new Floor().profile().pieces(0, hi))
                    .flatMap(List::stream)
                    .toList();
  }
}
