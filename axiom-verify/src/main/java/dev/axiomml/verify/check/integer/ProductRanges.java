package dev.axiomml.verify.check.integer;

import dev.axiomml.core.linear.ProductLines;

/**
 * Sums of products of two ranges.
 *
 * @param a the range of the first factor
 * @param b of the second
 * @param sums lower ends, negated upper ends and negated magnitudes, the exponent being that of
 *     both
 */
record ProductRanges(IntegerRange a, IntegerRange b, WideSums[] sums) implements ProductLines {
  @Override
  public void line(int out, int outStep, int in, int inStep, int weight, int weightStep, int n) {
    for (int j = 0; j < n; j++) {
      product(out + j * outStep, in + j * inStep, weight + j * weightStep);
    }
  }

  private void product(int out, int i, int j) {
    long[] ends = {a.lows()[i], a.highs()[i], b.lows()[j], b.highs()[j]};
    sums[0].addLeast(out, ends);
    sums[1].addLeast(out, new long[] {-ends[1], -ends[0], ends[2], ends[3]});
    sums[2].add(out, -a.reach(i), b.reach(j));
  }
}
