package dev.axiomml.core.linear;

import java.util.ArrayList;
import java.util.List;

/** A nest run on panels: rows of columns times numbers. */
final class PanelRun {
  private static final double[] ONE = {1};
  private static final int FEW = 8;
  private static final int CACHED = 48;

  private final GatheredSums sums;
  private final LoopNest nest;
  private final LinearPanel out;
  private final double[][] in;
  private final int width;
  private final int reached;

  PanelRun(LoopNest nest, LinearPanel out, LinearPanel in) {
    this.sums = nest.sums();
    this.nest = sums.nest();
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
      if (w != 0 && !out.isClosed(to + outAt[i])) {
        LinearKernels.one(out.row(to + outAt[i]), width, row, w);
      }
    }
  }

  /** Each output, from all rows that it draws on. */
  private void gather(double[] numbers, WorkTally tally) {
    int[] rowAt = sums.rowAt();
    int[] numberAt = sums.numberAt();
    LoopSet outer = sums.outer();
    if (reached == in.length) {
      for (int from = 0; from < rowAt.length; from += CACHED) {
        tally.add(outer.products() * width * Math.min(CACHED, rowAt.length - from));
        whole(numbers, from);
      }
      return;
    }
    RowPick pick = new RowPick(in, rowAt, numberAt, numbers);
    outer.each(
        sums.nest(),
        (o, a, b) -> {
          if (!out.isClosed(o) && pick.reaches(a, Math.max(0, b))) {
            tally.add((long) pick.add(out.row(o), a, Math.max(0, b)) * width);
          }
        });
  }

  /** A part of each sum whose rows a cache holds, where all rows are reached. */
  private void whole(double[] numbers, int from) {
    int[] rowAt = sums.rowAt();
    int[] numberAt = sums.numberAt();
    int to = Math.min(rowAt.length, from + CACHED);
    sums.outer()
        .each(
            sums.nest(),
            (o, a, b) -> {
              if (!out.isClosed(o)) {
                LinearKernels.rows(
                    out.row(o), width, in, a, rowAt, numbers, Math.max(0, b), numberAt, from, to);
              }
            });
  }
}
