package dev.axiomml.core.op.linear;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.OptionalInt;

/**
 * Sums, diagonals and permutations of one value, spelled like {@link Einsum}: {@code ii->i} is the
 * diagonal, {@code ij->j} sums over rows.
 *
 * @param equation one operand, such as {@code bij->bji}
 */
public record Contraction(String equation) implements AffineOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 1);
    return AffineOp.super.infer(in);
  }

  @Override
  public Shape out(List<Shape> in) {
    EinsumEquation e = EinsumEquation.of(equation, in);
    return e.sizes(in, e.out());
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    EinsumEquation e = EinsumEquation.of(equation, in);
    return List.of(
        LoopNest.plain(
            e.sizes(in, e.letters()).sizes(),
            e.steps(e.out(), out(in)),
            e.steps(e.operands().get(0), in.get(0))));
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return EinsumEquation.of(equation, FamilyTypes.shapes(in))
        .rows(FamilyTypes.shapes(in), samples);
  }
}
