package dev.axiomml.core.ir;

import dev.axiomml.core.op.AffineOp;
import dev.axiomml.core.op.BilinearOp;
import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.WindowOp;
import java.util.List;

/**
 * A reading that says one thing for each family of operators.
 *
 * @param <V> what a value means in this reading
 */
public interface ByFamily<V> extends GraphReading<V> {
  /** {@code y = Wx + b}. */
  V affine(Node at, AffineOp op, List<V> x);

  /** {@code yᵢ = f(xᵢ)}. */
  V scalar(Node at, ScalarOp op, V x);

  /** Largest of each window. */
  V window(Node at, WindowOp op, V x);

  /** Sums of products. */
  V bilinear(Node at, BilinearOp op, V first, V second);

  /** A function of whole tensors. */
  List<V> row(Node at, RowOp op, List<V> x);

  /** A step that only runs. */
  List<V> run(Node at, RunOp op, List<V> x);

  @Override
  default List<V> node(Node at, List<V> in) {
    Op op = at.op();
    if (op instanceof AffineOp affine) {
      return List.of(affine(at, affine, in));
    }
    if (op instanceof ScalarOp scalar) {
      return List.of(scalar(at, scalar, in.get(0)));
    }
    if (op instanceof WindowOp window) {
      return List.of(window(at, window, in.get(0)));
    }
    if (op instanceof BilinearOp bilinear) {
      return List.of(bilinear(at, bilinear, in.get(0), in.get(1)));
    }
    return op instanceof RowOp row ? row(at, row, in) : run(at, (RunOp) op, in);
  }
}
