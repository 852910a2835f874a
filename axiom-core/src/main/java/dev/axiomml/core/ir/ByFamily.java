package dev.axiomml.core.ir;

import dev.axiomml.core.op.Op;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.RunOp;
import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.WindowOp;
import java.util.List;

/**
 * A reading that says one thing for each family of operators.
 *
 * @param <V> what a value means in this reading
 */
public interface ByFamily<V> extends GraphReading<V> {
  /** Sums of products. */
  V sum(Node at, SumOp op, List<V> x);

  /** {@code yᵢ = f(xᵢ)}. */
  V scalar(Node at, ScalarOp op, V x);

  /** Largest of each window. */
  V window(Node at, WindowOp op, V x);

  /** A function of whole tensors. */
  List<V> row(Node at, RowOp op, List<V> x);

  /** A step that only runs. */
  List<V> run(Node at, RunOp op, List<V> x);

  @Override
  default List<V> node(Node at, List<V> in) {
    Op op = at.op();
    if (op instanceof SumOp sum) {
      return List.of(sum(at, sum, in));
    }
    if (op instanceof ScalarOp scalar) {
      return List.of(scalar(at, scalar, in.get(0)));
    }
    if (op instanceof WindowOp window) {
      return List.of(window(at, window, in.get(0)));
    }
    return op instanceof RowOp row ? row(at, row, in) : run(at, (RunOp) op, in);
  }
}
