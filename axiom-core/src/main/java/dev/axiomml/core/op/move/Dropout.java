package dev.axiomml.core.op.move;

import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;

/**
 * Where training drops elements; at inference it does nothing and is taken out.
 *
 * @param rate the share that training sets to zero, in [0, 1)
 */
public record Dropout(double rate) implements MoveOp {
  /** Checks the range. */
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("a dropout rate is in [0, 1), got " + rate);
    }
  }

  @Override
  public Shape out(List<Shape> in) {
    return in.get(0);
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    return List.of(LoopNest.plain(List.of(Loop.of(in.get(0).count(), 1, 1))));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.of(new ReorderedOp(this, order));
  }
}
