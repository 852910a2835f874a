package dev.axiomml.core.op.move;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.KnownValue;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.OpLowering;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A value put side by side with itself; exact, on elements of any type.
 *
 * <p>Shape: each size times its repeats.
 *
 * @param repeats how often along each axis, ≥ 0
 */
public record Tile(List<Integer> repeats) implements MoveOp {
  /** Refuses negative repeats. */
  public Tile {
    repeats = List.copyOf(repeats);
    if (repeats.stream().anyMatch(n -> n < 0)) {
      throw new IllegalArgumentException("repeats are 0 or more, got " + repeats);
    }
  }

  @Override
  public Shape out(List<Shape> in) {
    CommonShapeRules.rank("tile " + repeats, in.get(0), repeats.size());
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < repeats.size(); axis++) {
      dims.add(in.get(0).dim(axis).times(repeats.get(axis)));
    }
    return new Shape(dims);
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    int[][] tables = new int[repeats.size()][];
    for (int axis = 0; axis < tables.length; axis++) {
      int size = in.get(0).size(axis);
      tables[axis] = IntStream.range(0, size * repeats.get(axis)).map(o -> o % size).toArray();
    }
    return List.of(AxisTables.nest(in.get(0), tables));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    return Optional.of(
        new ReorderedOp(new Tile(AxisOrderSettings.permuted(repeats, order)), order));
  }

  /** Once is the value itself. */
  @Override
  public Optional<OpLowering> given(List<Type> in, List<KnownValue> known) {
    return repeats.stream().allMatch(n -> n == 1)
        ? Optional.of(OpLowering.first())
        : Optional.empty();
  }
}
