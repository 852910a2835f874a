package dev.axiomml.core.linear;

import java.util.List;

/** Loops around an inner part, walked with the position of each role. */
record LoopSet(List<Loop> loops) {
  /** Receives the three positions of each combination of turns. */
  @FunctionalInterface
  interface Positions {
    void at(int out, int first, int second);
  }

  void each(LoopNest nest, Positions to) {
    visit(
        loops.toArray(new Loop[0]), 0, new int[] {nest.start(0), nest.start(1), nest.start(2)}, to);
  }

  private static void visit(Loop[] loops, int depth, int[] at, Positions to) {
    if (depth == loops.length) {
      to.at(at[0], at[1], at[2]);
      return;
    }
    Loop loop = loops[depth];
    int out = at[0];
    int first = at[1];
    int second = at[2];
    for (int i = 0; i < loop.size(); i++) {
      at[0] = out + loop.at(0, i);
      at[1] = first + loop.at(1, i);
      at[2] = second < 0 ? second : second + loop.at(2, i);
      visit(loops, depth + 1, at, to);
    }
  }

  /** The offsets of a role at all combinations of turns. */
  int[] offsets(int role) {
    int[] offsets = {0};
    for (Loop loop : loops) {
      int[] more = new int[offsets.length * loop.size()];
      for (int i = 0; i < more.length; i++) {
        more[i] = offsets[i / loop.size()] + loop.at(role, i % loop.size());
      }
      offsets = more;
    }
    return offsets;
  }

  long products() {
    long products = 1;
    for (Loop loop : loops) {
      products *= loop.size();
    }
    return products;
  }
}
