package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Tensor;
import java.math.BigInteger;

/**
 * A ball in the Euclidean or the sum norm.
 *
 * @param euclidean whether in the Euclidean norm
 * @param center exactly
 * @param radius exactly
 */
public record NormBall(boolean euclidean, Dyadic[] center, Dyadic radius) {
  public static NormBall of(Region.Ball ball) {
    Dyadic[] center = new Dyadic[ball.center().size()];
    java.util.Arrays.setAll(center, i -> Dyadic.of(ball.center().doubleAt(i)));
    return new NormBall(ball.norm() == Region.Norm.L2, center, Dyadic.of(ball.radius()));
  }

  /** Hölder's inequality: a·x is at least a·c − r‖a‖, in the dual norm. */
  Dyadic least(ScaledIntegers row) {
    Dyadic atCenter = Dyadic.ZERO;
    BigInteger squares = BigInteger.ZERO;
    long largest = 0;
    for (int i = 0; i < center.length; i++) {
      long weight = row.mantissas()[i];
      atCenter = atCenter.plus(center[i].times(weight));
      squares = squares.add(BigInteger.valueOf(weight).pow(2));
      largest = Math.max(largest, Math.abs(weight));
    }
    BigInteger dual = euclidean ? squares.sqrt().add(BigInteger.ONE) : BigInteger.valueOf(largest);
    return atCenter.minus(radius.times(new Dyadic(dual, 0))).shifted(row.exponent());
  }

  /** Whether an input is in the ball. */
  public boolean holds(Tensor x) {
    Dyadic sum = Dyadic.ZERO;
    for (int i = 0; i < center.length; i++) {
      Dyadic away = Dyadic.of(x.doubleAt(i)).minus(center[i]).abs();
      sum = sum.plus(euclidean ? away.times(away) : away);
    }
    return !(euclidean ? radius.times(radius) : radius).below(sum);
  }
}
