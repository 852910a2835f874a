package dev.axiomml.core.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * Loops of a nest in the order of a run line by line: the last is the line, the one before repeats
 * it, and both have steps; each output's products keep their order.
 */
final class LineOrder {
  private static final int SHORT = 8;
  private static final Loop ONCE = Loop.of(1, 0, 0, 0);

  private LineOrder() {}

  static LoopNest of(LoopNest nest) {
    int line = line(nest);
    List<Loop> rest = nest.beside(line);
    List<Loop> loops = new ArrayList<>(rest.stream().filter(l -> l.moves(LoopNest.OUT)).toList());
    rest.stream().filter(l -> !l.moves(LoopNest.OUT)).forEach(loops::add);
    if (loops.isEmpty() || loops.get(loops.size() - 1).isListed()) {
      loops.add(ONCE);
    }
    loops.add(line < 0 ? ONCE : nest.loops().get(line));
    return nest.with(loops);
  }

  /**
   * The longest line along the tensors; a sum is the last of its loops, which keeps their order.
   */
  private static int line(LoopNest nest) {
    List<Loop> loops = nest.loops();
    int last = -1;
    for (int i = 0; i < loops.size(); i++) {
      last = loops.get(i).moves(LoopNest.OUT) ? last : i;
    }
    int best = -1;
    int most = 0;
    for (int i = 0; i < loops.size(); i++) {
      Loop loop = loops.get(i);
      boolean offered = loop.moves(LoopNest.OUT) ? nest.isolates(i) : i == last && !loop.isListed();
      boolean better = offered && worth(loop) >= most;
      best = better ? i : best;
      most = better ? worth(loop) : most;
    }
    return best;
  }

  /** Long lines are better than short ones, and lines that lie together better than scattered. */
  private static int worth(Loop loop) {
    int near = 0;
    for (int role = 0; role < LoopNest.ROLES; role++) {
      near += Math.abs(loop.step(role)) <= 1 ? 1 : 0;
    }
    boolean together = near == LoopNest.ROLES;
    int kind = loop.moves(LoopNest.OUT) ? (together ? 3 : 1) : together ? 2 : 0;
    return loop.size() < SHORT ? loop.size() : 100 * kind + SHORT + Math.min(loop.size(), 64);
  }
}
