package dev.axiomml.core.linear;

/**
 * The two innermost loops of a direct run, with the steps of each role: lines, and how they repeat.
 *
 * @param line the innermost loop
 * @param repeat the loop around it
 */
record LineBlock(Loop line, Loop repeat, int[] lineStep, int[] repeatStep) {
  static LineBlock of(Loop line, Loop repeat) {
    return new LineBlock(line, repeat, steps(line), steps(repeat));
  }

  private static int[] steps(Loop loop) {
    return new int[] {loop.step(0), loop.step(1), loop.step(2)};
  }
}
