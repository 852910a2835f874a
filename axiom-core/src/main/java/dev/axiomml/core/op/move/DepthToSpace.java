package dev.axiomml.core.op.move;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import java.util.List;

/**
 * Channels spread out over squares of pixels; exact, on elements of any type.
 *
 * <p>Shape: (N, H, W, C·block²) to (N, H·block, W·block, C). PyTorch's pixel shuffle has the
 * square's position in the inner part of the channel number; ONNX's DCR order in the outer.
 *
 * @param block width of a square, ≥ 1
 * @param outer whether the square's position is the outer part of the channel number
 */
public record DepthToSpace(int block, boolean outer) implements MoveOp {
  /** Checks the block. */
  public DepthToSpace {
    if (block < 1) {
      throw new IllegalArgumentException("a block is at least 1 pixel wide, got " + block);
    }
  }

  @Override
  public Shape out(List<Shape> in) {
    CommonShapeRules.rank("depth to space", in.get(0), 4);
    Dim channels = in.get(0).dim(3);
    long square = (long) block * block;
    if (channels.isFixed() && channels.value() % square != 0) {
      throw indivisible("depth to space", in.get(0), block);
    }
    return Shape.of(
        in.get(0).dim(0),
        in.get(0).dim(1).times(block),
        in.get(0).dim(2).times(block),
        channels.floorDiv(square));
  }

  static ShapeException indivisible(String operator, Shape in, int block) {
    return new ShapeException(
        new Diagnosis(
            operator + " by " + block + " of " + in,
            "",
            "the block must divide height and width, or its square the channels",
            "pad the value first, or use another block"));
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    int[][] steps = steps(in.get(0), block, outer);
    return List.of(LoopNest.plain(steps[0], steps[1], steps[2]));
  }

  /** Sizes, steps when spread and steps when packed, of sample, row, column, square and channel. */
  static int[][] steps(Shape packed, int block, boolean outer) {
    int h = packed.size(1);
    int w = packed.size(2);
    int all = packed.size(3);
    int c = all / (block * block);
    int line = w * block * c;
    int inner = outer ? c : 1;
    int channel = outer ? 1 : block * block;
    return new int[][] {
      {packed.size(0), h, block, w, block, c},
      {h * block * line, block * line, line, block * c, c, 1},
      {h * w * all, w * all, block * inner, all, inner, channel}
    };
  }
}
