package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.linear.ProductLines;
import java.util.Arrays;

/** Sums of products of two ranges. */
record ProductRanges(IntegerRange a, IntegerRange b, WideSums[] sums, int[] terms)
    implements ProductLines {
  ProductRanges(IntegerRange a, IntegerRange b, int size) {
    this(
        a,
        b,
        new WideSums[] {new WideSums(size), new WideSums(size), new WideSums(size)},
        new int[size]);
  }

  @Override
  public void line(int out, int outStep, int in, int inStep, int weight, int weightStep, int n) {
    for (int j = 0; j < n; j++) {
      product(out + j * outStep, in + j * inStep, weight + j * weightStep);
    }
  }

  private void product(int out, int i, int j) {
    if (++terms[out] > WideSums.TERMS) {
      throw new ArithmeticException("a sum of too many products");
    }
    long[] ends = {a.lows()[i], a.highs()[i], b.lows()[j], b.highs()[j]};
    sums[0].addLeast(out, ends);
    sums[1].addLeast(out, new long[] {-ends[1], -ends[0], ends[2], ends[3]});
    sums[2].add(out, a.reach(i), b.reach(j));
  }

  /**
   * What the sums are.
   *
   * @param out what no execution leaves
   * @param shift how far executions may be from the real sums
   */
  record Image(IntegerRange out, IntegerRange shift) {}

  Image image(ExactRounding rounding) {
    int exponent = a.exponent() + b.exponent();
    Dyadic[] lo = new Dyadic[terms.length];
    Dyadic[] hi = new Dyadic[terms.length];
    Dyadic[] margins = new Dyadic[terms.length];
    for (int o = 0; o < lo.length; o++) {
      Dyadic magnitude = sums[2].at(o, exponent);
      Dyadic margin = rounding.ofSum(magnitude, terms[o]);
      margin = margin.plus(rounding.flushed(terms[o], a.largest(), b.largest()));
      if (rounding.overflows(magnitude.plus(margin))) {
        return new Image(IntegerRange.unbounded(lo.length), IntegerRange.unbounded(lo.length));
      }
      margins[o] = margin;
      lo[o] = sums[0].at(o, exponent).minus(margin);
      hi[o] = sums[1].at(o, exponent).negate().plus(margin);
    }
    Dyadic[] down = Arrays.stream(margins).map(Dyadic::negate).toArray(Dyadic[]::new);
    return new Image(IntegerRange.of(lo, hi), IntegerRange.of(down, margins));
  }
}
