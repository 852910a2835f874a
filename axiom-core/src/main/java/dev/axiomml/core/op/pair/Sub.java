package dev.axiomml.core.op.pair;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.BroadcastNests;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/** Difference of two values, broadcast from the right; one rounding. */
public record Sub() implements SumOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    return SumOp.super.infer(in);
  }

  @Override
  public Shape out(List<Shape> in) {
    return CommonShapeRules.broadcast("sub", in.get(0), in.get(1));
  }

  @Override
  public Tensor table(List<Shape> in) {
    return Tensor.of(Shape.of(1), -1);
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    Shape out = out(in);
    LoopNest plus = BroadcastNests.plain(in.get(0), out);
    LoopNest minus = BroadcastNests.products(in.get(1), Shape.SCALAR, out);
    return List.of(SumTerm.own(0, List.of(plus)), SumTerm.own(1, List.of(minus)));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.of(new ReorderedOp(this, order));
  }
}
