package dev.axiomml.verify.check.integer;

import dev.axiomml.core.linear.ProductLines;

/**
 * Numbers that an open operand is multiplied with.
 *
 * @param weights those of a whole sum
 * @param at where the ones of this operand begin
 * @param plain whether the operand is summed as it is: every factor is one, of exponent 0
 */
record KnownFactor(ScaledIntegers weights, int at, boolean plain) {
  int exponent() {
    return plain ? 0 : weights.exponent();
  }

  private long weight(int index) {
    return plain ? 1 : weights.mantissas()[at + index];
  }

  /** Adds up lower ends, negated upper ends and negated magnitudes of sums of a range. */
  ProductLines spread(IntegerRange x, WideSums[] sums) {
    return new Spread(this, x, sums);
  }

  /** Adds up what rows of weights on the outputs are as rows on the operand. */
  ProductLines back(long[][] rows, IntegerRange x, WidePanel to) {
    return new Back(this, rows, x, to);
  }

  /** Lower ends, negated upper ends and negated magnitudes of weighted sums. */
  private record Spread(KnownFactor by, IntegerRange x, WideSums[] sums) implements ProductLines {
    @Override
    public void line(int out, int outStep, int in, int inStep, int weight, int weightStep, int n) {
      for (int j = 0; j < n; j++) {
        int i = in + j * inStep;
        if (!x.isZero(i)) {
          add(out + j * outStep, by.weight(weight + j * weightStep), i);
        } else if (inStep == 0) {
          return;
        }
      }
    }

    private void add(int o, long w, int i) {
      long low = x.lows()[i];
      long high = x.highs()[i];
      long other = (low ^ high) & (w >> 63);
      sums[0].add(o, w, low ^ other);
      sums[1].add(o, -w, high ^ other);
      sums[2].add(o, -Math.abs(w), Math.max(Math.abs(low), Math.abs(high)));
    }
  }

  /**
   * The transposed map, two products of one element at a time; weights on elements that are zero do
   * not matter.
   */
  private record Back(KnownFactor by, long[][] rows, IntegerRange x, WidePanel to)
      implements ProductLines {
    @Override
    public void line(int out, int outStep, int in, int inStep, int weight, int weightStep, int n) {
      int held = -1;
      for (int j = 0; j < n; j++) {
        int i = in + j * inStep;
        long[] row = rows[out + j * outStep];
        if (row == null || x.isZero(i)) {
          continue;
        }
        long w = by.weight(weight + j * weightStep);
        if (inStep != 0) {
          to.add(i, row, w);
        } else if (held < 0) {
          held = j;
        } else {
          long before = by.weight(weight + held * weightStep);
          to.add(in, rows[out + held * outStep], before, row, w);
          held = -1;
        }
      }
      if (held >= 0) {
        to.add(in, rows[out + held * outStep], by.weight(weight + held * weightStep));
      }
    }
  }
}
