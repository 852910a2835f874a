package dev.axiomml.verify.bound;

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
final class ProfileCurve {
  private final ScalarOp f;
  private final Profile profile;
  private final Map<ScalarOp, CurveAccuracy> accuracies = new ConcurrentHashMap<>();
  private final Map<ScalarOp, Optional<ScalarOp>> slopes = new ConcurrentHashMap<>();

  ProfileCurve(ScalarOp f) {
    this.f = f;
    this.profile = f.profile();
  }

  ScalarOp f() {
    return f;
  }

  /** The pieces over an interval; none where nothing can be said, as where an end is infinite. */
  List<CurvePiece> pieces(double l, double u) {
    boolean finite = l >= -Double.MAX_VALUE && u <= Double.MAX_VALUE && l <= u;
    return finite ? profile.pieces(l, u) : List.of();
  }

  /** Whether a tighter interval may make a better line: not where it is one line already. */
  boolean bends(double l, double u) {
    List<CurvePiece> pieces = pieces(l, u);
    return pieces.size() != 1 || pieces.get(0).form() != Profile.Curve.LINE;
  }

  /** The function over an interval; empty where nothing can be said. */
  Optional<CurveInterval> on(double l, double u) {
    List<CurvePiece> pieces = pieces(l, u);
    return pieces.isEmpty() ? Optional.empty() : Optional.of(new CurveInterval(this, pieces, l, u));
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
