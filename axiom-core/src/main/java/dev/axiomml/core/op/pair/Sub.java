package dev.axiomml.core.op.pair;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BroadcastNests;
import dev.axiomml.core.op.CommonShapeRules;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Difference of two values, broadcast from the right; one rounding. */
public record Sub() implements AffineOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    return AffineOp.super.infer(in);
  }

  @Override
  public Shape out(List<Shape> in) {
    return CommonShapeRules.broadcast("sub", in.get(0), in.get(1));
  }

  @Override
  public Tensor coefficients(List<Shape> in) {
    return Tensor.of(Shape.of(1), -1);
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    Shape from = in.get(operand);
    LoopNest plain = BroadcastNests.plain(from, out(in));
    return List.of(operand == 0 ? plain : BroadcastNests.products(from, Shape.SCALAR, out(in)));
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
