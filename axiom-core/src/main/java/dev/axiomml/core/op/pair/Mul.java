package dev.axiomml.core.op.pair;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.BroadcastNests;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/** Product of two values, element by element, broadcast from the right. */
public record Mul() implements SumOp {
  @Override
  public Shape out(List<Shape> in) {
    return CommonShapeRules.broadcast("mul", in.get(0), in.get(1));
  }

  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    return SumOp.super.infer(in);
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    LoopNest products = BroadcastNests.products(in.get(0), in.get(1), out(in));
    return List.of(SumTerm.product(List.of(products)));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.of(new ReorderedOp(this, order));
  }
}
