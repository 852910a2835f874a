package dev.axiomml.core.op.gradient;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The gradient of a sum of products by one of its operands: the same nests with other roles, so it
 * is such a sum itself, and its own gradients are.
 *
 * <p>Shape: the gradient by the sum's output, then the operands that are multiplied with the one
 * meant, to the shape of that one.
 *
 * @param of the sum
 * @param in the shapes of its operands, fixed
 * @param by the operand meant
 * @param kept the operands that it is multiplied with, in order
 */
public record SumGradient(SumOp of, List<Shape> in, int by, List<Integer> kept) implements SumOp {
  /** Copies the lists. */
  public SumGradient {
    in = List.copyOf(in);
    kept = List.copyOf(kept);
  }

  /** By an operand of a sum of operands of some shapes. */
  public static SumGradient of(SumOp sum, List<Shape> in, int by) {
    List<Integer> kept =
        sum.terms(in).stream()
            .filter(SumTerm::isProduct)
            .filter(term -> term.operand() == by || term.factor() == by)
            .map(term -> term.operand() == by ? term.factor() : term.operand())
            .distinct()
            .sorted()
            .toList();
    return new SumGradient(sum, in, by, kept);
  }

  @Override
  public Shape out(List<Shape> given) {
    List<Shape> expected = new ArrayList<>(List.of(of.out(in)));
    kept.forEach(operand -> expected.add(in.get(operand)));
    if (!given.equals(expected)) {
      throw new ShapeException(
          new Diagnosis(
              title() + " got " + given,
              "",
              "it was made for " + expected + ", a gradient and the operands that it needs",
              "make the gradient of the graph again for these sizes"));
    }
    return in.get(by);
  }

  @Override
  public List<SumTerm> terms(List<Shape> given) {
    List<SumTerm> back = new ArrayList<>();
    for (SumTerm term : of.terms(in)) {
      if (term.operand() == by) {
        int factor = term.isProduct() ? place(term.factor()) : SumTerm.OWN;
        back.add(new SumTerm(0, factor, each(term.nests(), LoopNest::transposed)));
      } else if (term.isProduct() && term.factor() == by) {
        back.add(new SumTerm(0, place(term.operand()), each(term.nests(), LoopNest::bySecond)));
      }
    }
    return back;
  }

  private int place(int operand) {
    return 1 + kept.indexOf(operand);
  }

  private static List<LoopNest> each(List<LoopNest> nests, UnaryOperator<LoopNest> change) {
    return nests.stream().map(change).toList();
  }

  @Override
  public Tensor table(List<Shape> given) {
    return of.table(in);
  }

  @Override
  public int extraRoundings() {
    return of.extraRoundings();
  }

  @Override
  public String title() {
    return of.title() + "Gradient";
  }
}
