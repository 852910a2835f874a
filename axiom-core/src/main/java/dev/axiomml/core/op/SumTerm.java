package dev.axiomml.core.op;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.tensor.Shape;
import java.util.List;

/**
 * Products that a sum adds: elements of an operand times elements of a factor.
 *
 * @param operand the operand that is the first factor of the nests
 * @param factor the operand that is the second factor, or {@link #OWN}
 * @param nests which products make which output; a plain nest has no second factor
 */
public record SumTerm(int operand, int factor, List<LoopNest> nests) {
  /** The factor of a term whose second factor is the operator's own table. */
  public static final int OWN = -1;

  /** Copies the nests and refuses squares. */
  public SumTerm {
    if (operand == factor) {
      throw new IllegalArgumentException("a term multiplies two operands, not one with itself");
    }
    nests = List.copyOf(nests);
  }

  /** An operand times numbers of the operator's own, or summed as it is. */
  public static SumTerm own(int operand, List<LoopNest> nests) {
    return new SumTerm(operand, OWN, nests);
  }

  /** The first operand times the second. */
  public static SumTerm product(List<LoopNest> nests) {
    return new SumTerm(0, 1, nests);
  }

  /** An operand, broadcast from the right, that is added as it is: a bias. */
  public static SumTerm added(int operand, Shape from, Shape out) {
    return own(operand, List.of(BroadcastNests.plain(from, out)));
  }

  /** The first operand times the second, and the third, where there is one, added. */
  public static List<SumTerm> biased(List<LoopNest> nests, List<Shape> in, Shape out) {
    SumTerm product = product(nests);
    return in.size() < 3 ? List.of(product) : List.of(product, added(2, in.get(2), out));
  }

  /** Whether the second factor is an operand. */
  public boolean isProduct() {
    return factor != OWN;
  }

  /** The same products, the factor being taken as the operand. */
  public SumTerm exchanged() {
    return new SumTerm(
        /* operand= */ factor,
        /* factor= */ operand,
        nests.stream().map(LoopNest::exchanged).toList());
  }
}
