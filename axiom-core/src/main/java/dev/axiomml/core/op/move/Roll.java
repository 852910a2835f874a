package dev.axiomml.core.op.move;

import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.AxisOrderSettings;
import dev.axiomml.core.op.MoveOp;
import dev.axiomml.core.op.ReorderedOp;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A value shifted along axes, what leaves at one end entering at the other; exact, on elements of
 * any type.
 *
 * <p>Shape: any, unchanged.
 *
 * @param axes the axes; negative ones count from the end
 * @param shifts how far along each of them, towards higher positions; negative the other way
 */
public record Roll(List<Integer> axes, List<Integer> shifts) implements MoveOp {
  /** Checks that both lists have one length. */
  public Roll {
    axes = List.copyOf(axes);
    shifts = List.copyOf(shifts);
    if (axes.size() != shifts.size()) {
      throw new IllegalArgumentException("one shift an axis, got " + axes + " and " + shifts);
    }
  }

  @Override
  public Shape out(List<Shape> in) {
    axes.forEach(axis -> CommonShapeRules.axis("roll", in.get(0), axis));
    return in.get(0);
  }

  @Override
  public List<LoopNest> nests(int operand, List<Shape> in) {
    int[][] tables = AxisTables.identity(in.get(0));
    for (int i = 0; i < shifts.size(); i++) {
      int shift = shifts.get(i);
      int[] table = tables[in.get(0).axis(axes.get(i))];
      int[] rolled =
          IntStream.range(0, table.length)
              .map(o -> table[Math.floorMod(o - shift, table.length)])
              .toArray();
      tables[in.get(0).axis(axes.get(i))] = rolled;
    }
    return List.of(AxisTables.nest(in.get(0), tables));
  }

  @Override
  public Optional<ReorderedOp> relaid(List<Type> in, int[] order) {
    Shape shape = in.get(0).shape();
    List<Integer> stored =
        axes.stream().map(axis -> AxisOrderSettings.stored(order, shape.axis(axis))).toList();
    return Optional.of(new ReorderedOp(new Roll(stored, shifts), order));
  }
}
