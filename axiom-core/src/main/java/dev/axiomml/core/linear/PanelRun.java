package dev.axiomml.core.linear;

import java.util.ArrayList;
import java.util.List;

/** A nest run on panels: rows of columns times numbers. */
final class PanelRun {
  private static final double[] ONE = {1};
  private static final int FEW = 8;
  private static final int CACHED = 48;

  private final LoopNest nest;
  private final LinearPanel out;
  private final double[][] in;
  private final int width;
  private final int reached;

  PanelRun(LoopNest nest, LinearPanel out, LinearPanel in) {
    this.nest = nest;
    this.out = out;
    this.in = in.rows();
    this.width = in.width();
    this.reached = in.reached();
  }

  void go(double[] weights, WorkTally tally) {
    double[] numbers = nest.isPlain() ? ONE : weights;
    if (reached * FEW < in.length) {
      scatter(numbers, tally);
    } else {
      gather(numbers, tally);
    }
  }

  /** Each row that is reached, to all outputs that draw on it. */
  private void scatter(double[] numbers, WorkTally tally) {
    List<Loop> outer = new ArrayList<>();
    List<Loop> inner = new ArrayList<>();
    nest.loops().forEach(loop -> (loop.moves(LoopNest.FIRST) ? outer : inner).add(loop));
    int[] outAt = new LoopSet(inner).offsets(LoopNest.OUT);
    int[] numberAt =
        nest.isPlain() ? new int[outAt.length] : new LoopSet(inner).offsets(LoopNest.SECOND);
    new LoopSet(outer)
        .each(
            nest,
            (o, a, b) -> {
              if (in[a] != null) {
                spread(in[a], o, outAt, numbers, Math.max(0, b), numberAt);
                tally.add((long) outAt.length * width);
              }
            });
  }

  private void spread(
      double[] row, int to, int[] outAt, double[] numbers, int number, int[] numberAt) {
    for (int i = 0; i < outAt.length; i++) {
      double w = numbers[number + numberAt[i]];
      if (w != 0) {
        LinearKernels.one(out.row(to + outAt[i]), width, row, w);
      }
    }
  }

  /** Each output, from all rows that it draws on. */
  private void gather(double[] numbers, WorkTally tally) {
    SummedLoops loops = SummedLoops.of(nest);
    int[] rowAt = loops.summed().offsets(LoopNest.FIRST);
    int[] numberAt =
        nest.isPlain() ? new int[rowAt.length] : loops.summed().offsets(LoopNest.SECOND);
    if (reached == in.length) {
      for (int from = 0; from < rowAt.length; from += CACHED) {
        tally.add(loops.outer().products() * width * Math.min(CACHED, rowAt.length - from));
        whole(loops.outer(), numbers, new int[][] {rowAt, numberAt}, from);
      }
      return;
    }
    RowPick pick = new RowPick(in, rowAt, numberAt);
    loops
        .outer()
        .each(
            nest,
            (o, a, b) -> {
              int taken = pick.take(a, numbers, Math.max(0, b));
              if (taken > 0) {
                pick.add(out.row(o), taken);
              }
              tally.add((long) taken * width);
            });
  }

  /** A part of each sum whose rows a cache holds, where all rows are reached. */
  private void whole(LoopSet outer, double[] numbers, int[][] at, int from) {
    int to = Math.min(at[0].length, from + CACHED);
    outer.each(
        nest,
        (o, a, b) ->
            LinearKernels.rows(
                out.row(o), width, in, a, at[0], numbers, Math.max(0, b), at[1], from, to));
  }
}
