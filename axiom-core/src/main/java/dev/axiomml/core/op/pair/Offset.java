package dev.axiomml.core.op.pair;

import dev.axiomml.core.op.BroadcastNests;
import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.Parameter;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * {@code y = x + b} with a learned {@code b}, broadcast from the right: a position embedding.
 *
 * <p>Shape: that of {@code x} broadcast with the offsets. One rounding an element.
 *
 * @param offsets {@code b}, finite
 */
public record Offset(Parameter offsets) implements SumOp {
  @Override
  public Optional<Parameter> bias() {
    return Optional.of(offsets);
  }

  @Override
  public Offset withParameters(UnaryOperator<Parameter> change) {
    return new Offset(change.apply(offsets));
  }

  @Override
  public Shape out(List<Shape> in) {
    return CommonShapeRules.broadcast("offset", in.get(0), offsets.tensor().shape());
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    return List.of(SumTerm.own(0, List.of(BroadcastNests.plain(in.get(0), out(in)))));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    int rank = order.length;
    return Optional.of(
        new ReorderedOp(withParameters(p -> BroadcastNests.relaid(p, rank, order)), order));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.broadcast(List.of(in.get(0).shape(), offsets.tensor().shape()));
  }
}
