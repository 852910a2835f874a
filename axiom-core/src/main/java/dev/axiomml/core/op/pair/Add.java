package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BroadcastLines;
import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.TapReceiver;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Sum of values, broadcast from the right; one rounding a term after the first. */
public record Add() implements AffineOp {
  @Override
  public Shape out(List<Shape> in) {
    return in.stream().reduce((a, b) -> CommonShapeRules.broadcast("add", a, b)).orElseThrow();
  }

  @Override
  public void taps(int operand, List<Shape> in, TapReceiver taps) {
    BroadcastLines.lines(
        in.get(operand), out(in), (at, from, step, n) -> taps.line(at, 1, from, step, n, -1, 0));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.of(new ReorderedOp(this, order));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.broadcast(FamilyTypes.shapes(in));
  }
}
