package dev.axiomml.verify.check.integer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.exact.Dyadic;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Against numbers of any size; mutation: a shift that rounds up, a bit too many or too few kept.
 */
class FloorSumsTest {
  private static final long[] EXTREME = {
    0, 1, -1, (1L << 62) - 1, -(1L << 62), (1L << 61) + 1, -(1L << 61) - 1, 1L << 61, -(1L << 61)
  };

  private static long number(Random random, int bits) {
    return random.nextInt(4) == 0
        ? EXTREME[random.nextInt(EXTREME.length)] >> 62 - bits
        : random.nextLong() >> 64 - bits - 1 + random.nextInt(bits);
  }

  @Test
  void sums_are_never_above_the_exact_ones_and_close_below() {
    Random random = new Random(5);
    for (int round = 0; round < 3000; round++) {
      FloorSums sums = new FloorSums(1);
      Dyadic exact = Dyadic.ZERO;
      int most = Integer.MIN_VALUE / 2;
      int spread = 1 + random.nextInt(200);
      for (int i = 0; i < 12; i++) {
        Dyadic next = added(sums, random, random.nextInt(spread) - spread / 2);
        exact = exact.plus(next);
        most = Math.max(most, Math.max(next.bits(), exact.bits()));
        Dyadic off = exact.minus(sums.at(0));
        assertThat(off.sign()).as("%s of %s", sums.at(0), exact).isNotNegative();
        assertThat(off.compareTo(Dyadic.of(2L * i + 2, most - FloorSums.BITS + 2))).isNotPositive();
        assertThat(FloorSums.bits(sums.mantissa(0))).isLessThanOrEqualTo(FloorSums.BITS);
      }
    }
  }

  /** The law above is one that sums which are rounded the other way break. */
  @Test
  void sums_that_are_rounded_up_are_caught() {
    Random random = new Random(5);
    int above = 0;
    for (int round = 0; round < 300; round++) {
      FloorSums negated = new FloorSums(1);
      Dyadic exact = Dyadic.ZERO;
      for (int i = 0; i < 12; i++) {
        exact = exact.plus(added(negated, random, random.nextInt(90)));
      }
      above += exact.negate().below(negated.at(0).negate()) ? 1 : 0;
    }
    assertThat(above).isGreaterThan(200);
  }

  private static Dyadic added(FloorSums sums, Random random, int exponent) {
    long a = number(random, 62);
    long b = number(random, 54);
    switch (random.nextInt(4)) {
      case 0:
        sums.add(0, a, exponent);
        return Dyadic.of(a, exponent);
      case 1:
        sums.add(0, a, b, exponent);
        return Dyadic.of(a, exponent).times(b);
      case 2:
        WideSums wide = new WideSums(1, ScaledIntegers.BITS);
        wide.add(0, a >> 8, b);
        wide.add(0, b, b);
        wide.addTo(sums, 0, exponent);
        return Dyadic.of(a >> 8, exponent).times(b).plus(Dyadic.of(b, exponent).times(b));
      default:
        Dyadic large = new Dyadic(new BigInteger(200, random).negate(), exponent - 150);
        sums.add(0, large);
        return large;
    }
  }

  @Test
  void sums_of_few_bits_are_exact() {
    Random random = new Random(6);
    FloorSums sums = new FloorSums(1);
    Dyadic exact = Dyadic.ZERO;
    for (int i = 0; i < 1000; i++) {
      long a = random.nextInt();
      int exponent = -random.nextInt(16);
      sums.add(0, a, exponent);
      exact = exact.plus(Dyadic.of(a, exponent));
      assertThat(sums.at(0)).isEqualTo(exact);
    }
  }

  @Test
  void numbers_are_ordered_as_they_are() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      long a = number(random, 62);
      long b = random.nextInt(3) == 0 ? a >> random.nextInt(3) : number(random, 62);
      int p = random.nextInt(140) - 70;
      int q = random.nextInt(3) == 0 ? p + random.nextInt(3) : random.nextInt(140) - 70;
      int order = Dyadic.of(a, p).compareTo(Dyadic.of(b, q));
      assertThat(Integer.signum(FloorSums.compare(a, p, b, q))).isEqualTo(order);
      FloorSums sums = new FloorSums(1);
      sums.add(0, a, p);
      sums.max(0, b, q);
      assertThat(sums.at(0)).isEqualTo(Dyadic.of(a, p).max(Dyadic.of(b, q)));
    }
  }

  @Test
  void doubles_are_whole_numbers_of_their_units() {
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      double x = Double.longBitsToDouble(random.nextLong());
      double number = Double.isFinite(x) ? x : Double.MIN_VALUE * i;
      assertThat(Dyadic.of(FloorSums.whole(number), FloorSums.unit(number)))
          .isEqualTo(Dyadic.of(number));
    }
  }

  @Test
  void ranges_of_any_bits_hold_the_ends_and_no_more_than_a_unit_beside() {
    Random random = new Random(9);
    for (int round = 0; round < 3000; round++) {
      int bits = 20 + random.nextInt(35);
      Dyadic[] lo = new Dyadic[3];
      Dyadic[] hi = new Dyadic[3];
      for (int i = 0; i < 3; i++) {
        lo[i] = Dyadic.of(number(random, 60), random.nextInt(30));
        hi[i] = lo[i].plus(Dyadic.of(Math.abs(number(random, 50)), random.nextInt(30)));
      }
      IntegerRange range = IntegerRange.of(lo, hi, bits);
      Dyadic unit = Dyadic.of(1, range.exponent());
      for (int i = 0; i < 3; i++) {
        assertThat(lo[i].below(range.lo(i))).isFalse();
        assertThat(range.hi(i).below(hi[i])).isFalse();
        assertThat(lo[i].minus(range.lo(i)).below(unit)).isTrue();
        assertThat(range.hi(i).minus(hi[i]).below(unit)).isTrue();
        assertThat(range.reach(i)).isLessThanOrEqualTo(1L << bits);
        assertThat(Dyadic.of(range.ends(i)[0]).compareTo(range.lo(i))).isNotPositive();
        assertThat(Dyadic.of(range.ends(i)[1]).compareTo(range.hi(i))).isNotNegative();
      }
    }
  }
}
