package dev.axiomml.core.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * The loops of a nest in the order in which its products are added: those that move the output,
 * then the others, of which the last are summed in one go.
 *
 * @param outer the loops around
 * @param summed loops that leave the output where it is
 */
record SummedLoops(LoopSet outer, LoopSet summed) {
  private static final int MOST_SUMMED = 1 << 14;

  /** All loops of a nest. */
  static SummedLoops of(LoopNest nest) {
    return of(nest, -1, MOST_SUMMED);
  }

  /** All loops of a nest, each sum in one piece. */
  static SummedLoops whole(LoopNest nest) {
    return of(nest, -1, Integer.MAX_VALUE);
  }

  /** The loops of a nest but for the one at a place. */
  static SummedLoops beside(int lane, LoopNest nest) {
    return of(nest, lane, MOST_SUMMED);
  }

  private static SummedLoops of(LoopNest nest, int lane, int most) {
    List<Loop> rest = nest.beside(lane);
    List<Loop> outer = new ArrayList<>(rest.stream().filter(l -> l.moves(LoopNest.OUT)).toList());
    List<Loop> sums = rest.stream().filter(l -> !l.moves(LoopNest.OUT)).toList();
    int from = sums.size();
    long turns = 1;
    while (from > 0 && turns * sums.get(from - 1).size() <= most) {
      turns *= sums.get(--from).size();
    }
    outer.addAll(sums.subList(0, from));
    return new SummedLoops(new LoopSet(outer), new LoopSet(sums.subList(from, sums.size())));
  }
}
