package dev.axiomml.core.op.scalar;

import static dev.axiomml.core.op.Profile.Curve.CONCAVE;
import static dev.axiomml.core.op.Profile.Curve.CONVEX;
import static dev.axiomml.core.op.Profile.Curve.LINE;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A polynomial times a power of another and an exponential: {@code p(x) · u(x)^q · exp(e(x))}.
 *
 * <p>Shape: any, unchanged. NaN stays NaN. Constants, lines, powers, exponentials and bells are
 * members, and so are all their derivatives: {@code (p′u + pe′u + qpu′) · u^(q−1) · exp(e)}. Its
 * numbers follow from settings of other operators and stay doubles on every type.
 *
 * @param factor {@code p}
 * @param weight {@code u^q · exp(e)}
 */
public record WeightedPolynomial(RealPolynomial factor, Weight weight) implements ScalarOp {
  private static final double FAR = 1e150; // no square below it overflows
  private static final int DEGREE = 16; // of a polynomial whose roots are told well enough

  /**
   * A positive factor, but for the sign of a base that is negative.
   *
   * @param base a constant, a line, or a constant and the square of the number or its negative
   * @param power of the base, finite
   * @param exponent one term of degree 2 at most
   */
  public record Weight(RealPolynomial base, double power, RealPolynomial exponent) {
    private static final Weight NONE = new Weight(RealPolynomial.ONE, 0, RealPolynomial.ZERO);

    /** A power of 0 has no base; what could cancel is refused. */
    public Weight {
      base = power == 0 ? RealPolynomial.ONE : base;
      boolean square = base.equals(RealPolynomial.of(base.at(0), 0, base.at(1) - base.at(0)));
      boolean unit = square && Math.abs(base.at(1) - base.at(0)) == 1;
      if ((base.degree() > 1 && !unit) || exponent.terms() > 1 || exponent.degree() > 2) {
        throw new IllegalArgumentException(
            base + " to a power times the exponential of " + exponent);
      }
    }

    double at(double x) {
      double raised = power == 0 ? 1 : StrictMath.pow(base.at(x), power);
      return exponent.degree() < 0 ? raised : raised * StrictMath.exp(exponent.at(x));
    }

    private boolean isWhole() {
      return power == Math.rint(power);
    }

    /** Whether it is finite and continuous on an interval. */
    private boolean isDefined(double[] edges, double lo, double hi) {
      boolean inside = DoubleStream.of(edges).noneMatch(e -> lo < e && e < hi);
      boolean apart = DoubleStream.of(edges).noneMatch(e -> lo <= e && e <= hi);
      if (isWhole()) {
        return power >= 0 || apart;
      }
      return (power > 0 ? inside : apart) && !(base.at(lo + (hi - lo) / 2) < 0);
    }
  }

  /** The same number everywhere. */
  public static WeightedPolynomial constant(double value) {
    return line(0, value);
  }

  /** {@code slope · x + offset}. */
  public static WeightedPolynomial line(double slope, double offset) {
    return new WeightedPolynomial(RealPolynomial.of(offset, slope), Weight.NONE);
  }

  /** {@code factor · base^power}. */
  public static WeightedPolynomial power(double factor, RealPolynomial base, double power) {
    return new WeightedPolynomial(
        RealPolynomial.of(factor), new Weight(base, power, RealPolynomial.ZERO));
  }

  /** {@code factor · exp(exponent)}. */
  public static WeightedPolynomial exponential(double factor, RealPolynomial exponent) {
    return new WeightedPolynomial(
        RealPolynomial.of(factor), new Weight(RealPolynomial.ONE, 0, exponent));
  }

  @Override
  public double value(double x) {
    double w = weight.at(x);
    return Double.isNaN(x) ? x : w == 0 ? 0 : factor.at(x) * w;
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(slope());
  }

  private WeightedPolynomial slope() {
    RealPolynomial grown = factor.derivative().plus(factor.times(weight.exponent().derivative()));
    if (weight.power() == 0) {
      return grown.degree() < 0 ? constant(0) : new WeightedPolynomial(grown, weight);
    }
    RealPolynomial raised =
        factor.times(weight.base().derivative()).times(RealPolynomial.of(weight.power()));
    RealPolynomial sum = grown.times(weight.base()).plus(raised);
    Weight less = new Weight(weight.base(), weight.power() - 1, weight.exponent());
    return sum.degree() < 0 ? constant(0) : new WeightedPolynomial(sum, less);
  }

  /** Whether it is a constant, the number itself or its negative. */
  private boolean isExact() {
    boolean plain = factor.degree() < 1 || (factor.degree() == 1 && factor.at(0) == 0);
    return plain && weight.equals(Weight.NONE) && (factor.degree() < 1 || isUnit(factor.at(1)));
  }

  private static boolean isUnit(double slope) {
    return Math.abs(slope) == 1;
  }

  /**
   * Exponents reach −750 before the result is 0; their rounding is relative to them. Nothing is
   * known of a sum that cancels under a weight that does not hold it bounded.
   */
  @Override
  public CurveAccuracy accuracy() {
    if (isExact()) {
      return CurveAccuracy.of(0, factor.at(0) == (float) factor.at(0) ? 0 : 1);
    }
    double rounded = weight.base().equals(RealPolynomial.of(0, 1)) ? 0 : Math.abs(weight.power());
    double bent = weight.exponent().degree() < 0 ? 0 : 750 * 4;
    double error = (2 * factor.degree() + 4 + rounded + bent) * 0x1p-52;
    double terms = factor.cancels() ? factor.magnitude(this::reach) * (8 + factor.degree()) : 0;
    return new CurveAccuracy(error, 1, terms * 4 * error);
  }

  /** The most of {@code |x|^n} under the weight. */
  private double reach(int n) {
    double curvature = weight.exponent().derivative().derivative().at(0);
    if (weight.power() == 0 && curvature < 0 && weight.exponent().at(0) == 0) {
      return Math.max(1, StrictMath.pow(n / (-curvature * Math.E), n / 2.0));
    }
    boolean decays =
        weight.base().equals(RealPolynomial.of(1, 0, 1)) && n + 2 * weight.power() <= 0;
    return decays && weight.exponent().degree() < 0 ? 1 : Double.POSITIVE_INFINITY;
  }

  @Override
  public Profile profile() {
    double[] edges = weight.power() == 0 ? new double[0] : weight.base().signChanges();
    Profile all = bends(edges);
    Profile held = (lo, hi) -> weight.isDefined(edges, lo, hi) ? all.pieces(lo, hi) : List.of();
    if (slope().slope().factor.degree() > DEGREE) {
      return (lo, hi) -> List.of();
    }
    boolean squares = weight.base().degree() > 1 || weight.exponent().degree() > 1;
    return squares ? held.within(-FAR, FAR) : held;
  }

  private Profile bends(double[] edges) {
    WeightedPolynomial bend = slope().slope();
    double[] cells =
        DoubleStream.concat(DoubleStream.of(edges), DoubleStream.of(bend.factor.signChanges()))
            .map(cut -> cut + 0.0)
            .sorted()
            .distinct()
            .toArray();
    List<Double> cuts = new ArrayList<>();
    List<Profile.Curve> forms = new ArrayList<>();
    for (int i = 0; i <= cells.length; i++) {
      double sign = bend.sign(inside(cells, i));
      Profile.Curve form = sign == 0 ? LINE : sign > 0 ? CONVEX : CONCAVE;
      if (i == 0 || form != forms.get(forms.size() - 1)) {
        forms.add(form);
        cuts.add(i == 0 ? 0 : cells[i - 1]);
      }
    }
    double[] at = cuts.stream().skip(1).mapToDouble(cut -> cut).toArray();
    return Profile.of(this, at, forms.toArray(Profile.Curve[]::new));
  }

  /** The sign at a place where it is neither 0 nor a pole, even if the value underflows. */
  private double sign(double x) {
    double base = weight.base().at(x);
    boolean turned = base < 0 && weight.isWhole() && weight.power() % 2 != 0;
    return Math.signum(factor.at(x)) * (turned ? -1 : 1);
  }

  /** A place in the cell before a cut, or after the last one. */
  static double inside(double[] cuts, int cell) {
    if (cuts.length == 0) {
      return 1;
    }
    double last = cuts[Math.min(cell, cuts.length - 1)];
    double step = 1 + Math.abs(last);
    return cell == 0
        ? last - step
        : cell == cuts.length ? last + step : cuts[cell - 1] + (last - cuts[cell - 1]) / 2;
  }
}
