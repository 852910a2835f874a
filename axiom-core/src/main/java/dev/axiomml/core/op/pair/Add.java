package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.BroadcastNests;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Sum of values, broadcast from the right; one rounding a term after the first. */
public record Add() implements SumOp {
  @Override
  public Shape out(List<Shape> in) {
    return in.stream().reduce((a, b) -> CommonShapeRules.broadcast("add", a, b)).orElseThrow();
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    Shape out = out(in);
    return IntStream.range(0, in.size())
        .mapToObj(k -> SumTerm.own(k, List.of(BroadcastNests.plain(in.get(k), out))))
        .toList();
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.of(new ReorderedOp(this, order));
  }
}
