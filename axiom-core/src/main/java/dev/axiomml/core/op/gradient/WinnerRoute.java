package dev.axiomml.core.op.gradient;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.Shape;
import java.util.List;

/**
 * The gradient of windows by what they lie over: a product of the gradient by each window's largest
 * and of what {@link WindowWinners} says of each member, added up where windows overlap.
 *
 * @param winners the windows
 * @param in the shape that they lie over, fixed
 */
public record WinnerRoute(WindowWinners winners, Shape in) implements SumOp {
  @Override
  public Shape out(List<Shape> given) {
    return in;
  }

  @Override
  public List<SumTerm> terms(List<Shape> given) {
    return List.of(SumTerm.product(winners.nests(in).stream().map(LoopNest::transposed).toList()));
  }

  @Override
  public String title() {
    return winners.of().title() + "Gradient";
  }
}
