package dev.axiomml.core.op;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A sum of one term that only moves elements: every output is one input element, or a fill.
 *
 * <p>All nests are plain and no output is drawn twice, so it runs on elements of any type, bit for
 * bit.
 */
public interface MoveOp extends SumOp {
  /** Which output is which element of an operand: plain nests. */
  @Override
  List<LoopNest> nests(int operand, List<Shape> in);

  /** What outputs hold that draw on nothing, broadcast from the right; empty for zeros. */
  default Optional<Tensor> fill(List<Shape> in) {
    return Optional.empty();
  }

  @Override
  default List<SumTerm> terms(List<Shape> in) {
    return IntStream.range(0, in.size()).mapToObj(k -> SumTerm.own(k, nests(k, in))).toList();
  }

  @Override
  default List<Type> infer(List<Type> in) {
    return List.of(Type.of(out(FamilyTypes.shapes(in)), FamilyTypes.same(this, in)));
  }
}
