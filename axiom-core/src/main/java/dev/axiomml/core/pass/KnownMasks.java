package dev.axiomml.core.pass;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.GraphRewrite;
import dev.axiomml.core.ir.Node;
import dev.axiomml.core.ir.RewrittenGraph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.op.norm.MaskedSoftmax;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.pair.Add;
import dev.axiomml.core.op.pair.Where;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.IndexWalk;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Reads softmax of numbers that a known mask sets to −∞ as softmax of the others.
 *
 * <p>For proofs, on a graph of fixed sizes: an interval around −∞ says nothing, and what has no
 * bound has no proof. Every float32 execution on finite numbers agrees: adding 0 and −∞ is exact,
 * and so is the 0 that becomes of −∞. Rows of which nothing is seen, and masks with other numbers
 * than 0 and −∞, stay as they are.
 */
public final class KnownMasks extends GraphRewrite {
  private final Graph graph;

  private KnownMasks(Graph graph) {
    this.graph = graph;
  }

  /** The graph with known masks read so. */
  public static RewrittenGraph apply(Graph graph) {
    return GraphRewrite.of(graph, new KnownMasks(graph));
  }

  /** What is masked, and where it is seen. */
  private record Masked(Value scores, Tensor seen) {}

  @Override
  protected List<Value> node(Node at, List<Value> in) {
    return masked(at)
        .map(m -> to().add(at.name(), new MaskedSoftmax(m.seen()), now(List.of(m.scores()))))
        .orElseGet(() -> copy(at, in));
  }

  private Optional<Masked> masked(Node at) {
    return isRows(at)
        ? graph
            .producer(at.in().get(0))
            .flatMap(maker -> added(maker).or(() -> chosen(maker)))
            .filter(m -> m.scores().type().equals(at.in().get(0).type()))
            .filter(m -> everyRowSees(m.seen(), m.scores().type().shape()))
        : Optional.empty();
  }

  /** Whether a node is softmax along the last axis, of fixed sizes. */
  private static boolean isRows(Node at) {
    if (!(at.op() instanceof Softmax softmax)) {
      return false;
    }
    Shape shape = at.in().get(0).type().shape();
    return shape.isFixed() && shape.axis(softmax.axis()) == shape.rank() - 1;
  }

  private Optional<Masked> added(Node maker) {
    if (!(maker.op() instanceof Add) || maker.in().size() != 2) {
      return Optional.empty();
    }
    int mask = graph.constant(maker.in().get(1)).isPresent() ? 1 : 0;
    return graph
        .constant(maker.in().get(mask))
        .filter(KnownMasks::isMask)
        .map(t -> new Masked(maker.in().get(1 - mask), seen(t)));
  }

  private static boolean isMask(Tensor mask) {
    boolean hides = false;
    for (int i = 0; i < mask.size(); i++) {
      if (mask.doubleAt(i) != 0 && mask.doubleAt(i) != Double.NEGATIVE_INFINITY) {
        return false;
      }
      hides |= mask.doubleAt(i) != 0;
    }
    return hides;
  }

  private static Tensor seen(Tensor mask) {
    long[] seen = new long[mask.size()];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = mask.doubleAt(i) == 0 ? 1 : 0;
    }
    return Tensor.ofIntegers(mask.shape(), DType.BOOL, seen);
  }

  private Optional<Masked> chosen(Node maker) {
    if (!(maker.op() instanceof Where)) {
      return Optional.empty();
    }
    boolean never =
        graph
            .constant(maker.in().get(2))
            .filter(t -> t.size() == 1 && t.doubleAt(0) == Double.NEGATIVE_INFINITY)
            .isPresent();
    return graph
        .constant(maker.in().get(0))
        .filter(t -> never)
        .map(t -> new Masked(maker.in().get(1), t));
  }

  private static boolean everyRowSees(Tensor seen, Shape shape) {
    int[] from = IndexWalk.walk(shape.sizes(), IndexWalk.broadcast(seen.shape(), shape));
    int width = shape.size(-1);
    boolean all = true;
    for (int row = 0; row < from.length; row += width) {
      boolean some = false;
      for (int i = row; i < row + width; i++) {
        some |= seen.longAt(from[i]) != 0;
      }
      all &= some;
    }
    return all;
  }
}
