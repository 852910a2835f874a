package dev.axiomml.core.linear;

/**
 * The sums of a nest over rows of a panel, laid out once: each output's rows and numbers lie at the
 * same distances from where its own begin.
 *
 * @param nest the nest with loops merged
 * @param outer loops that move the output, or are too long to sum in one go
 * @param rowAt distances of the summed rows
 * @param numberAt distances of their numbers
 */
record GatheredSums(LoopNest nest, LoopSet outer, int[] rowAt, int[] numberAt) {
  static GatheredSums of(LoopNest nest) {
    LoopNest merged = nest.merged();
    SummedLoops loops = SummedLoops.of(merged);
    int[] rowAt = loops.summed().offsets(LoopNest.FIRST);
    int[] numberAt =
        merged.isPlain() ? new int[rowAt.length] : loops.summed().offsets(LoopNest.SECOND);
    return new GatheredSums(merged, loops.outer(), rowAt, numberAt);
  }
}
