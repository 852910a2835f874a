package dev.axiomml.cli.fuzz;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a bound on how outputs move says of two inputs, from its definition: {@code
 * local_lipschitz(ε, δ)} says that inputs less than ε apart have outputs less than δ apart, {@code
 * lipschitz(ε, L)} that outputs of inputs at most ε apart are at most L times as far apart.
 */
record PairTruth(boolean local, BigDecimal radius, BigDecimal limit) {
  private static final Pattern FORM = Pattern.compile("(local_)?lipschitz\\((.*), (.*)\\)");

  static PairTruth of(String formula) {
    Matcher form = FORM.matcher(formula);
    if (!form.matches()) {
      throw new IllegalArgumentException(formula);
    }
    double radius = Double.parseDouble(form.group(2));
    double limit = Double.parseDouble(form.group(3));
    return new PairTruth(form.group(1) != null, new BigDecimal(radius), new BigDecimal(limit));
  }

  /** Whether two inputs with their outputs break it; what is not finite breaks it. */
  boolean isBroken(List<float[]> x, List<float[]> y) {
    BigDecimal moved = distance(x);
    int far = moved.compareTo(radius);
    if (local ? far >= 0 : far > 0) {
      return false;
    }
    if (!isFinite(y.get(0)) || !isFinite(y.get(1))) {
      return true;
    }
    return local
        ? distance(y).compareTo(limit) >= 0
        : distance(y).compareTo(limit.multiply(moved)) > 0;
  }

  /**
   * Whether one dense layer surely breaks it with inputs far from the ends of their domain: its
   * outputs move by up to the radius times the largest sum of weights, and that is four times what
   * is allowed.
   *
   * @param reach the largest sum of the magnitudes of one output's weights
   */
  boolean isSurelyBroken(double reach) {
    double allowed = local ? limit.doubleValue() : limit.multiply(radius).doubleValue();
    return reach * radius.doubleValue() > 4 * allowed;
  }

  private static boolean isFinite(float[] y) {
    boolean finite = true;
    for (float value : y) {
      finite &= Float.isFinite(value);
    }
    return finite;
  }

  private static BigDecimal distance(List<float[]> two) {
    BigDecimal most = BigDecimal.ZERO;
    for (int i = 0; i < two.get(0).length; i++) {
      BigDecimal from = new BigDecimal(two.get(0)[i]);
      most = most.max(from.subtract(new BigDecimal(two.get(1)[i])).abs());
    }
    return most;
  }
}
