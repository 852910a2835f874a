package dev.axiomml.core.op.move;

import dev.axiomml.core.op.TapReceiver;
import dev.axiomml.core.tensor.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Moves along every axis by a table: output position {@code o} takes input position {@code
 * tables[axis][o]}.
 */
public final class IndexTableMove {
  private final int[][] tables;
  private final int[] inSteps;
  private final int[] outSteps;
  private final int last;
  private final TapReceiver taps;

  private IndexTableMove(Shape in, int[][] tables, TapReceiver taps) {
    this.tables = tables;
    this.taps = taps;
    this.inSteps = in.strides();
    this.outSteps = Shape.of(Arrays.stream(tables).mapToLong(t -> t.length).toArray()).strides();
    this.last = last(in, tables);
  }

  /** The tables that leave a tensor as it is. */
  public static int[][] identity(Shape in) {
    return Arrays.stream(in.sizes()).mapToObj(IndexTableMove::rising).toArray(int[][]::new);
  }

  private static int[] rising(int n) {
    return IntStream.range(0, n).toArray();
  }

  /** Tells the lines of a move; tables are as many as the input has axes. */
  public static void lines(Shape in, int[][] tables, TapReceiver taps) {
    boolean nothing = Arrays.stream(tables).anyMatch(table -> table.length == 0);
    if (tables.length == 0) {
      taps.line(0, 1, 0, 1, 1, -1, 0);
    } else if (!nothing) {
      new IndexTableMove(in, tables, taps).visit(0, 0, 0);
    }
  }

  /** The last axis whose order changes; everything behind it stays together. */
  private static int last(Shape in, int[][] tables) {
    int axis = tables.length - 1;
    while (axis > 0 && Arrays.equals(tables[axis], rising(in.size(axis)))) {
      axis--;
    }
    return axis;
  }

  private void visit(int axis, int out, int in) {
    int[] table = tables[axis];
    if (axis == last) {
      runs(table, out, in);
      return;
    }
    for (int o = 0; o < table.length; o++) {
      visit(axis + 1, out + o * outSteps[axis], in + table[o] * inSteps[axis]);
    }
  }

  /** Cuts the table into runs of a constant step. */
  private void runs(int[] table, int out, int in) {
    int width = outSteps[last];
    int start = 0;
    while (start < table.length) {
      int end = start + 1;
      int step = end < table.length ? table[end] - table[start] : 1;
      boolean joins = width == 1 || step == 1;
      while (joins && end < table.length && table[end] - table[end - 1] == step) {
        end++;
      }
      run(out + start * width, in + table[start] * width, step, end - start);
      start = end;
    }
  }

  private void run(int out, int in, int step, int n) {
    int width = outSteps[last];
    taps.line(out, 1, in, width == 1 ? step : 1, n * width, -1, 0);
  }
}
