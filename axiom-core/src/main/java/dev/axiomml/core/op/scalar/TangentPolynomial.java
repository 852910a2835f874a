package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A polynomial of the tangent of an angle in radians; ±∞ and NaN give NaN. Nothing is claimed of an
 * interval with a pole.
 *
 * <p>Shape: any, unchanged. All derivatives of {@link Tan} are such: {@code p′(t)(1 + t²)}.
 *
 * @param of what is made of the tangent
 */
public record TangentPolynomial(RealPolynomial of) implements ScalarOp {
  private static final double FAR = 1e5; // a double angle below it is off by 2e-11 at most
  private static final double NEAR = 1e-9;

  @Override
  public double value(double x) {
    return Double.isNaN(x) ? x : of.at(StrictMath.tan(x));
  }

  @Override
  public Optional<ScalarOp> derivative() {
    return Optional.of(slope());
  }

  private TangentPolynomial slope() {
    return new TangentPolynomial(of.derivative().times(RealPolynomial.of(1, 0, 1)));
  }

  /** A cut is off by 1e-8 at most, between which and itself the function bends by the cube. */
  @Override
  public CurveAccuracy accuracy() {
    double error = (4 * Math.max(0, of.degree()) + 2) * 0x1p-52;
    return new CurveAccuracy(error, 4, of.cancels() ? Double.POSITIVE_INFINITY : 1e-22);
  }

  @Override
  public Profile profile() {
    double[] turns = slope().slope().of.signChanges();
    double[] cuts = DoubleStream.of(turns).map(StrictMath::atan).toArray();
    Profile.Curve[] forms = new Profile.Curve[cuts.length + 1];
    for (int i = 0; i < forms.length; i++) {
      double sign = slope().slope().of.at(WeightedPolynomial.inside(turns, i));
      forms[i] =
          sign == 0 ? Profile.Curve.LINE : sign > 0 ? Profile.Curve.CONVEX : Profile.Curve.CONCAVE;
    }
    return (lo, hi) -> {
      double branch = Math.rint((lo / 2 + hi / 2) / Math.PI) * Math.PI;
      boolean whole =
          Math.max(-lo, hi) < FAR
              && lo - branch > NEAR - Math.PI / 2
              && hi - branch < Math.PI / 2 - NEAR;
      double[] moved = DoubleStream.of(cuts).map(cut -> cut + branch).toArray();
      return whole ? Profile.of(this, moved, forms).pieces(lo, hi) : List.of();
    };
  }
}
