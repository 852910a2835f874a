package dev.axiomml.verify.bound.curve;

import dev.axiomml.core.op.CurveAccuracy;
import dev.axiomml.core.op.CurvePiece;
import dev.axiomml.core.op.Profile;
import dev.axiomml.core.op.ScalarOp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A function of one number with its profile and its derivative at hand, to be looked at on many
 * intervals; safe to share.
 */
public final class ProfileCurve {
  private final ScalarOp f;
  private final Profile profile;
  private final Map<ScalarOp, CurveAccuracy> accuracies = new ConcurrentHashMap<>();
  private final Map<ScalarOp, Optional<ScalarOp>> slopes = new ConcurrentHashMap<>();
  private final CurveAccuracy own;
  private final Optional<double[]> bends;
  private final double[] straight;
  private final boolean jumps;

  /** For one function. */
  public ProfileCurve(ScalarOp f) {
    this.f = f;
    this.profile = f.profile();
    this.own = f.accuracy();
    this.bends = bends(f, profile.pieces(-Double.MAX_VALUE, Double.MAX_VALUE));
    this.straight = bends.map(b -> slopes(f, b)).orElse(new double[0]);
    this.jumps = jumps(this);
  }

  /** Where a continuous function of straight pieces bends; empty for any other. */
  private static Optional<double[]> bends(ScalarOp f, List<CurvePiece> pieces) {
    double[] bends = new double[Math.max(0, pieces.size() - 1)];
    boolean straight = !pieces.isEmpty();
    for (int i = 0; i < pieces.size(); i++) {
      CurvePiece piece = pieces.get(i);
      straight &= piece.form() == Profile.Curve.LINE && piece.curve().equals(f);
      if (i > 0) {
        bends[i - 1] = piece.lo();
        straight &= piece.lo() == pieces.get(i - 1).hi();
      }
    }
    return straight ? Optional.of(bends) : Optional.empty();
  }

  /** The function. */
  public ScalarOp f() {
    return f;
  }

  /** The pieces over an interval; none where nothing can be said, as where an end is infinite. */
  public List<CurvePiece> pieces(double l, double u) {
    return isFinite(l, u) ? profile.pieces(l, u) : List.of();
  }

  private static boolean isFinite(double l, double u) {
    return l >= -Double.MAX_VALUE && u <= Double.MAX_VALUE && l <= u;
  }

  /** Whether a tighter interval may make a better line: not where it is one line already. */
  public boolean bends(double l, double u) {
    if (bends.isPresent() && isFinite(l, u)) {
      return inside(bends.get(), l, u) > 0;
    }
    List<CurvePiece> pieces = pieces(l, u);
    return pieces.size() != 1 || pieces.get(0).form() != Profile.Curve.LINE;
  }

  private static int inside(double[] bends, double l, double u) {
    int inside = 0;
    for (double bend : bends) {
      inside += l < bend && bend < u ? 1 : 0;
    }
    return inside;
  }

  /** The function over an interval; empty where nothing can be said. */
  public Optional<CurveSpan> on(double l, double u) {
    if (!isFinite(l, u)) {
      return Optional.empty();
    }
    if (bends.isPresent() && inside(bends.get(), l, u) < 2) {
      return Optional.of(straight(bends.get(), l, u));
    }
    List<CurvePiece> pieces = profile.pieces(l, u);
    return pieces.isEmpty() ? Optional.empty() : Optional.of(new CurveInterval(this, pieces, l, u));
  }

  private CurveSpan straight(double[] bends, double l, double u) {
    double place = l;
    for (double bend : bends) {
      place = l < bend && bend < u ? bend : place;
    }
    return new StraightSpan(f, own, l, place, u);
  }

  /**
   * The slope at a place, to descend by: of a function that jumps, whose own slope is zero, that of
   * a smooth one that rises likewise (Bengio et al. 2013, straight through); 0 where none is known.
   */
  public double descent(double x) {
    if (!(Math.abs(x) <= Double.MAX_VALUE)) {
      return 0;
    }
    if (bends.isPresent()) {
      return straight[segment(x)];
    }
    double slope = slope(f).map(d -> d.value(x)).orElse(0.0);
    return slope == 0 && jumps ? 1 / (1 + x * x) : slope;
  }

  private int segment(double x) {
    int segment = 0;
    for (double bend : bends.orElseThrow()) {
      segment += bend < x ? 1 : 0;
    }
    return segment;
  }

  /** Slopes of straight pieces, each taken inside. */
  private static double[] slopes(ScalarOp f, double[] bends) {
    double[] slopes = new double[bends.length + 1];
    for (int i = 0; i < slopes.length; i++) {
      double from = i == 0 ? (bends.length == 0 ? 0 : bends[0] - 1) : bends[i - 1];
      double to = i == bends.length ? from + 1 : bends[i];
      slopes[i] = (f.value(to) - f.value(from)) / (to - from);
    }
    return slopes;
  }

  /** Whether a function is made of steps. */
  private static boolean jumps(ProfileCurve curve) {
    List<CurvePiece> pieces = curve.pieces(-2, 2);
    boolean flat = pieces.size() > 1;
    for (CurvePiece piece : pieces) {
      flat &= piece.curve().value(piece.lo()) == piece.curve().value(piece.hi());
    }
    return flat;
  }

  /** How far a curve's values may be off. */
  CurveAccuracy accuracy(ScalarOp of) {
    return accuracies.computeIfAbsent(of, ScalarOp::accuracy);
  }

  /** The derivative of a piece's curve. */
  Optional<ScalarOp> slope(ScalarOp curve) {
    return slopes.computeIfAbsent(curve, ScalarOp::derivative);
  }
}
