package dev.axiomml.core.linear;

import java.util.List;

/** A nest run on the tensors as they lie, line by line. */
final class DirectRun {
  private final LoopNest nest;
  private final LineBlock block;
  private final LoopSet outer;

  DirectRun(LoopNest nest) {
    List<Loop> loops = LineOrder.of(nest).loops();
    int last = loops.size() - 1;
    this.nest = nest;
    this.block = LineBlock.of(loops.get(last), loops.get(last - 1));
    this.outer = new LoopSet(loops.subList(0, last - 1));
  }

  void go(LaneLoops lanes, WorkTally tally) {
    long each = (long) block.line().size() * block.repeat().size();
    outer.each(
        nest,
        (o, a, b) -> {
          lanes.block(block, o, a, b);
          tally.add(each);
        });
  }
}
