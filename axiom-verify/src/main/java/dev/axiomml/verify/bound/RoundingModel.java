package dev.axiomml.verify.bound;

import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.verify.cert.ProofSemantics;

/**
 * How far an execution may be from real arithmetic.
 *
 * <p>The model of Higham, Accuracy and Stability, 3.1: a term that passes through k roundings moves
 * by at most γₖ = ku / (1 − ku), whatever the order of the sum, and fused multiply-add only leaves
 * roundings out. What underflow loses, results flushed to zero included, is 2⁻¹²⁶ an operation.
 *
 * @param semantics whether executions round at all
 */
public record RoundingModel(ProofSemantics semantics) {
  /** float32 programs. */
  public static final RoundingModel FLOAT32 = new RoundingModel(ProofSemantics.FLOAT32);

  /** Real arithmetic. */
  public static final RoundingModel REAL = new RoundingModel(ProofSemantics.REAL);

  /** The largest finite float32; no execution in these semantics may come near it. */
  public static final double LARGEST = Float.MAX_VALUE;

  private static final double UNIT = 0x1p-24;
  private static final double TINY = 0x1p-126;

  /** What one of our own sums of n double products may lose, relative to the sum of magnitudes. */
  static double own(double n) {
    return (n + 8) * 0x1p-52;
  }

  /** Whether executions round. */
  public boolean rounds() {
    return semantics == ProofSemantics.FLOAT32;
  }

  /**
   * How far a sum may be off, own arithmetic included; infinite where a partial sum may overflow.
   *
   * @param magnitude sum of the magnitudes of all terms
   * @param terms how many
   * @param roundings the most that one term passes through
   */
  double ofSum(double magnitude, int terms, int roundings) {
    if (roundings == 0) {
      return magnitude < Double.POSITIVE_INFINITY ? 0 : Double.POSITIVE_INFINITY;
    }
    double own = own(terms) * magnitude;
    if (!rounds()) {
      return magnitude < Double.POSITIVE_INFINITY ? own : Double.POSITIVE_INFINITY;
    }
    double ku = roundings * UNIT;
    double gamma = ku < 0.5 ? ku / (1 - ku) * (1 + 0x1p-40) : Double.POSITIVE_INFINITY;
    double margin = gamma * magnitude + (2.0 * terms + 4) * TINY + own;
    return magnitude + margin <= LARGEST ? margin : Double.POSITIVE_INFINITY;
  }

  /**
   * How far one value of a function, of a magnitude, may be off; infinite where an execution is so
   * rough that it may leave even the sign open.
   */
  double ofValue(double magnitude, ScalarOp f) {
    double ulps = f.accuracy().ulps();
    if (!rounds() || ulps == 0) {
      return 0;
    }
    double unit = ulps * 2 * UNIT;
    return unit < 0.5 ? unit * magnitude + TINY : Double.POSITIVE_INFINITY;
  }

  /** A lower end below which an execution may fall when it flushes a small result to zero. */
  double flushed(double low) {
    return rounds() && low > 0 && low < TINY ? 0 : low;
  }

  /** What flushing may take from one value of at most a magnitude. */
  double flushing(double magnitude) {
    return rounds() ? Math.min(TINY, magnitude) : 0;
  }

  /** Whether a value of this magnitude can be told from an overflow. */
  boolean overflows(double magnitude) {
    return !(magnitude <= (rounds() ? LARGEST : Double.MAX_VALUE));
  }
}
