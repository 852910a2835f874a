package dev.axiomml.core.op.gradient;

import dev.axiomml.core.op.BroadcastNests;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.List;
import java.util.function.Function;

/**
 * Undoes a broadcast from the right: adds up the elements that one element was repeated to.
 *
 * <p>Shape: what {@code to} is broadcast to, to {@code to}.
 *
 * @param to the shape before the broadcast
 */
public record SumToShape(Shape to) implements SumOp {
  @Override
  public Shape out(List<Shape> in) {
    return to;
  }

  @Override
  public SumToShape bind(Function<String, Dim> sizes) {
    return new SumToShape(to.bind(sizes));
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    return List.of(SumTerm.own(0, List.of(BroadcastNests.plain(to, in.get(0)).transposed())));
  }
}
