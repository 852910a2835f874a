package dev.axiomml.core.op.linear;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Matrix product of two values over their last two axes; the axes before are broadcast.
 *
 * <p>Shape: (…, n, k) and (…, k, m) to (…, n, m).
 */
public record MatMul() implements SumOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    return SumOp.super.infer(in);
  }

  @Override
  public Shape out(List<Shape> in) {
    return out(in.get(0), in.get(1));
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    return List.of(SumTerm.product(nests(in.get(0), in.get(1))));
  }

  static Shape out(Shape a, Shape b) {
    if (a.rank() < 2 || b.rank() < 2 || !a.dim(-1).matches(b.dim(-2))) {
      throw new ShapeException(
          new Diagnosis(
              "matmul of " + a + " and " + b,
              "",
              "the inner sizes must be equal: (…, n, k) times (…, k, m)",
              "transpose or reshape one of them"));
    }
    Shape lead =
        CommonShapeRules.broadcast("matmul", a.sub(0, a.rank() - 2), b.sub(0, b.rank() - 2));
    return lead.concat(Shape.of(a.dim(-2), b.dim(-1)));
  }

  static List<LoopNest> nests(Shape a, Shape b) {
    Shape out = out(a, b);
    int n = a.size(-2);
    int k = a.size(-1);
    int m = b.size(-1);
    Shape lead = out.sub(0, out.rank() - 2);
    int[] steps = lead.strides();
    int[] first = IndexWalk.broadcast(a.sub(0, a.rank() - 2), lead);
    int[] second = IndexWalk.broadcast(b.sub(0, b.rank() - 2), lead);
    List<Loop> loops = new ArrayList<>();
    for (int axis = 0; axis < steps.length; axis++) {
      loops.add(
          Loop.of(lead.size(axis), steps[axis] * n * m, first[axis] * n * k, second[axis] * k * m));
    }
    loops.addAll(List.of(Loop.of(n, m, k, 0), Loop.of(k, 0, 1, m), Loop.of(m, 1, 0, 1)));
    return List.of(LoopNest.of(loops));
  }

  /** One known matrix on the right for all rows makes a dense layer. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    boolean dense = known.get(1).isKnown() && in.get(1).shape().rank() == 2;
    return dense ? Optional.of(OpLowering.to(new Dense(), 0, 1)) : Optional.empty();
  }

  /** The last two axes must stay. */
  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return AxisOrderSettings.keepsLast(order, 2)
        ? Optional.of(new ReorderedOp(this, order))
        : Optional.empty();
  }
}
