package dev.axiomml.core.linear;

import java.util.ArrayList;
import java.util.List;

/** Visits a nest line by line. */
final class LineWalk {
  /** A line shorter than this gives way to a longer loop. */
  private static final int SHORT = 8;

  private static final Loop ONCE = Loop.of(1, 0, 0, 0);

  private final LoopNest nest;
  private final Loop[] outer;
  private final Loop line;
  private final ProductLines to;

  LineWalk(LoopNest nest, ProductLines to) {
    List<Loop> loops = new ArrayList<>(nest.loops());
    this.nest = nest;
    this.to = to;
    this.line = line(loops);
    loops.remove(line);
    this.outer = loops.toArray(new Loop[0]);
  }

  /** The last loop of one step, or a longer one where that is short. */
  private static Loop line(List<Loop> loops) {
    Loop line = ONCE;
    for (Loop loop : loops) {
      boolean longer = line.size() < SHORT ? loop.size() >= line.size() : loop.size() >= SHORT;
      line = !loop.isListed() && longer ? loop : line;
    }
    return line;
  }

  void walk() {
    visit(0, nest.start(0), nest.start(1), nest.start(2));
  }

  private void visit(int depth, int out, int first, int second) {
    if (depth == outer.length) {
      to.line(out, line.step(0), first, line.step(1), second, line.step(2), line.size());
      return;
    }
    Loop loop = outer[depth];
    for (int i = 0; i < loop.size(); i++) {
      visit(
          depth + 1,
          out + loop.at(0, i),
          first < 0 ? first : first + loop.at(1, i),
          second < 0 ? second : second + loop.at(2, i));
    }
  }
}
