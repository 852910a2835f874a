package dev.axiomml.core.op.move;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.List;

/**
 * Squares of pixels packed into channels, the inverse of {@link DepthToSpace}; exact, on elements
 * of any type.
 *
 * <p>Shape: (N, H·block, W·block, C) to (N, H, W, C·block²).
 *
 * @param block width of a square, ≥ 1
 * @param outer whether the square's position is the outer part of the channel number
 */
public record SpaceToDepth(int block, boolean outer) implements MoveOp {
  /** Checks the block. */
  public SpaceToDepth {
    if (block < 1) {
      throw new IllegalArgumentException("a block is at least 1 pixel wide, got " + block);
    }
  }

  @Override
  public Shape out(List<Shape> in) {
    Shape shape = in.get(0);
    CommonShapeRules.rank("space to depth", shape, 4);
    for (Dim size : List.of(shape.dim(1), shape.dim(2))) {
      if (size.isFixed() && size.value() % block != 0) {
        throw DepthToSpace.indivisible("space to depth", shape, block);
      }
    }
    return Shape.of(
        shape.dim(0),
        shape.dim(1).floorDiv(block),
        shape.dim(2).floorDiv(block),
        shape.dim(3).times((long) block * block));
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    int[][] steps = DepthToSpace.steps(out(in), block, outer);
    return List.of(LoopNest.plain(steps[0], steps[2], steps[1]));
  }
}
