package dev.axiomml.core.op.pair;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BroadcastNests;
import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SampleAxes;
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
  public List<LoopNest> nests(int operand, List<Shape> in) {
    return List.of(BroadcastNests.plain(in.get(operand), out(in)));
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
