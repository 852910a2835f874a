package dev.axiomml.core.op.norm;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.common.RealInterval;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Bounds of a normed group, sound for float32 executions in two passes with sums in any order.
 *
 * <p>Centred: yᵢ rises in xᵢ, and its slope in xⱼ has the sign of {@code −(1 + yᵢyⱼ)}. So where yᵢ
 * can be positive, the largest one has xᵢ at its upper end and every other at {@code clip(t)} for
 * one level t: of the quasi-concave yᵢ these are the Karush-Kuhn-Tucker points, and between two
 * ends of intervals the best level solves a linear equation. Where yᵢ is negative throughout, the
 * quasi-convex yᵢ is largest at a corner. Not centred: |yᵢ| rises with |xᵢ| and falls with every
 * other.
 */
final class NormBounds {
  private static final double FLUSHED = 0x1p-62;

  private final double[] lo;
  private final double[] hi;
  private final NormOp op;
  private final double size;
  private final LevelSums above;
  private final LevelSums below;
  private final double least;

  private NormBounds(double[] lo, double[] hi, NormOp op) {
    this.lo = lo;
    this.hi = hi;
    this.op = op;
    this.size =
        DoubleStream.concat(Arrays.stream(lo), Arrays.stream(hi)).map(Math::abs).max().orElse(0);
    double centre =
        (Arrays.stream(lo).average().orElse(0) + Arrays.stream(hi).average().orElse(0)) / 2;
    this.above = new LevelSums(moved(lo, 1, -centre), moved(hi, 1, -centre), op.epsilon());
    this.below = new LevelSums(moved(hi, -1, centre), moved(lo, -1, centre), op.epsilon());
    this.least = Math.sqrt((op.centred() ? above.leastVariance() : leastSquare()) + op.epsilon());
  }

  private static double[] moved(double[] x, int sign, double by) {
    return Arrays.stream(x).map(v -> sign * v + by).toArray();
  }

  static NormBounds of(Box x, int[] at, NormOp op) {
    double[] lo = Arrays.stream(at).mapToDouble(i -> x.lo()[i]).toArray();
    double[] hi = Arrays.stream(at).mapToDouble(i -> x.hi()[i]).toArray();
    return new NormBounds(lo, hi, op);
  }

  /** The bounds of the normed element {@code i}, before factor and offset. */
  RealInterval of(int i) {
    if (!(4 * size * size * lo.length < Float.MAX_VALUE)) { // sums of squares may overflow
      return RealInterval.ANY;
    }
    RealInterval real =
        op.centred() ? new RealInterval(-below.most(i, least), above.most(i, least)) : uncentred(i);
    return real.wider(margin(real.size())).within(-limit(), limit());
  }

  /**
   * √n, as no deviation is more than √n times their norm, unless flushed squares empty the norm.
   */
  private double limit() {
    boolean kept = op.epsilon() >= 0x1p-120 || least >= 0x1p-50;
    return kept
        ? Math.sqrt(lo.length) * (1 + (lo.length + 10) * RealInterval.U)
        : Double.POSITIVE_INFINITY;
  }

  private double leastSquare() {
    double sum = 0;
    for (int i = 0; i < lo.length; i++) {
      double magnitude = new RealInterval(lo[i], hi[i]).abs().lo();
      sum += magnitude * magnitude;
    }
    return sum / lo.length * (1 - 1e-9);
  }

  private RealInterval uncentred(int i) {
    return new RealInterval(extreme(lo[i], i, -1), extreme(hi[i], i, 1));
  }

  private double extreme(double own, int i, int side) {
    double sum = own * own;
    for (int j = 0; j < lo.length; j++) {
      RealInterval other = new RealInterval(lo[j], hi[j]).abs();
      double magnitude = own * side > 0 ? other.lo() : other.hi();
      sum += j == i ? 0 : magnitude * magnitude;
    }
    return own == 0 ? 0 : own / Math.sqrt(sum / lo.length + op.epsilon());
  }

  /**
   * What a float32 execution may be off where the answer is at most {@code y}. The mean is off by
   * at most (n + 1)u times the largest magnitude, the difference rounds: together d. The deviation,
   * a norm, is off by no more than d and its own relative error (n + 6)u; squares, sums and
   * quotients that are flushed to 0 take less than 3·2⁻¹²⁶ from the variance, √3·2⁻⁶³ from its
   * root.
   */
  private double margin(double y) {
    double n = lo.length;
    double d = op.centred() ? (n + 4) * RealInterval.U * 1.01 * size + 4 * RealInterval.TINY : 0;
    double own = (n + 10) * RealInterval.U * 1.01;
    double off = d + own * least + FLUSHED;
    return least > off
        ? (d + Math.abs(y) * (d + FLUSHED)) / (least - off) + Math.abs(y) * own + RealInterval.TINY
        : Double.POSITIVE_INFINITY;
  }
}
