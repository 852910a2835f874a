package dev.axiomml.core.op.move;

import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Moves along every axis by a table: output position {@code o} takes input position {@code
 * tables[axis][o]}.
 */
public final class AxisTables {
  private AxisTables() {}

  /** The tables that leave a tensor as it is. */
  public static int[][] identity(Shape in) {
    return Arrays.stream(in.sizes())
        .mapToObj(n -> IntStream.range(0, n).toArray())
        .toArray(int[][]::new);
  }

  /** The nest of a move; tables are as many as the input has axes. */
  public static LoopNest nest(Shape in, int[][] tables) {
    int[] inSteps = in.strides();
    int[] outSteps = Shape.of(Arrays.stream(tables).mapToLong(t -> t.length).toArray()).strides();
    List<Loop> loops = new ArrayList<>();
    int first = 0;
    for (int axis = 0; axis < tables.length; axis++) {
      int[] table = tables[axis];
      int start = table.length == 0 ? 0 : table[0];
      int[] moved = Arrays.stream(table).map(position -> position - start).toArray();
      first += start * inSteps[axis];
      loops.add(Loop.table(moved, outSteps[axis], inSteps[axis]));
    }
    return LoopNest.plain(loops).from(0, first, 0);
  }
}
