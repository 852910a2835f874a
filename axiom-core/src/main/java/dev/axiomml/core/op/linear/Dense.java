package dev.axiomml.core.op.linear;

import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * A linear layer on the last axis: {@code y = xW + b}.
 *
 * <p>Shape: x (…, in), weight (in, out) and, if wanted, bias (out) to (…, out). PyTorch's {@code
 * nn.Linear} holds the weight as (out, in).
 */
public record Dense() implements SumOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2, 3);
    return SumOp.super.infer(in);
  }

  @Override
  public Shape out(List<Shape> in) {
    CommonShapeRules.rank("dense weight", in.get(1), 2);
    if (in.get(0).rank() == 0) {
      CommonShapeRules.rank("dense", in.get(0), 2);
    }
    CommonShapeRules.channels("dense", in.get(0), in.get(1).dim(0));
    Dim outputs = in.get(1).dim(1);
    if (in.size() == 3) {
      WeightChecks.require("dense bias", in.get(2), Shape.of(outputs));
    }
    return in.get(0).with(-1, outputs);
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    int rows = in.get(0).sub(0, in.get(0).rank() - 1).count();
    int inputs = in.get(1).size(0);
    int outputs = in.get(1).size(1);
    LoopNest products =
        LoopNest.of(
            List.of(
                Loop.of(rows, outputs, inputs, 0),
                Loop.of(inputs, 0, 1, outputs),
                Loop.of(outputs, 1, 0, 1)));
    return SumTerm.biased(List.of(products), in, out(in));
  }

  /** The last axis must stay last. */
  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return ReorderedOp.keepingLast(this, order, 1);
  }
}
