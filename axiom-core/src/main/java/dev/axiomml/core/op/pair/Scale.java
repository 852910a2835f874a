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
 * {@code y = x·s + b} with known factors and offsets, both broadcast from the right; per channel
 * when they are (C).
 *
 * <p>Shape: that of {@code x} broadcast with the factors.
 *
 * @param factor {@code s}
 * @param bias {@code b}
 */
public record Scale(Parameter factor, Optional<Parameter> bias) implements SumOp {
  @Override
  public Optional<Parameter> weight() {
    return Optional.of(factor);
  }

  @Override
  public Scale withParameters(UnaryOperator<Parameter> change) {
    return new Scale(change.apply(factor), bias.map(change));
  }

  @Override
  public Shape out(List<Shape> in) {
    Shape scaled = CommonShapeRules.broadcast("scale", in.get(0), factor.tensor().shape());
    return bias.isEmpty()
        ? scaled
        : CommonShapeRules.broadcast("scale", scaled, bias.get().tensor().shape());
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    return List.of(SumTerm.own(0, List.of(BroadcastNests.products(in.get(0), factor.tensor().shape(), out(in)))));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    int rank = order.length;
    return Optional.of(
        new ReorderedOp(withParameters(p -> BroadcastNests.relaid(p, rank, order)), order));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    Shape offset = bias.map(p -> p.tensor().shape()).orElse(Shape.SCALAR);
    return samples.broadcast(List.of(in.get(0).shape(), factor.tensor().shape(), offset));
  }
}
