package dev.axiomml.core.op.scalar;

import dev.axiomml.core.op.Profile;
import java.util.ArrayList;
import java.util.List;

/**
 * The signs of a polynomial of a {@link SmoothRing} from left to right.
 *
 * <p>Every cell is certified: its middle is farther from 0 than the slope could take it, or the
 * slope is, so that there is one root at most; else it is halved. Beyond {@link SmoothRing#far}
 * nothing is told.
 */
final class SmoothSigns {
  private static final double WIDTH = 0.25;
  private static final int DEPTH = 40;
  private static final double SURE = 1 + 1e-6;
  private static final double NOISE = 1e-11; // of sums of terms, relative to their magnitudes
  private final DifferentialPolynomial g;
  private final DifferentialPolynomial first;
  private final DifferentialPolynomial second;
  private final List<Double> cuts = new ArrayList<>();
  private final List<Profile.Curve> forms = new ArrayList<>();
  private boolean complete;

  SmoothSigns(DifferentialPolynomial g) {
    this.g = g;
    this.first = g.next();
    this.second = first.next();
    double far = g.ring().far();
    this.complete = g.terms().stream().allMatch(term -> g.ring().isKnown(term.exponents()));
    for (double at = -far; at < far && complete && !g.terms().isEmpty(); at += WIDTH) {
      scan(at, at + WIDTH, DEPTH);
    }
    if (forms.isEmpty() || !complete) {
      cuts.clear();
      forms.clear();
      forms.add(Profile.Curve.LINE);
    }
  }

  private void scan(double lo, double hi, int depth) {
    double middle = lo + (hi - lo) / 2;
    double half = (hi - lo) / 2 * SURE / g.ring().rate();
    double g0 = first.most(lo, hi) * half + g.most(lo, hi) * NOISE;
    double g1 = second.most(lo, hi) * half + first.most(lo, hi) * NOISE;
    if (Math.abs(g.inner(middle)) > g0) {
      note(g.inner(middle), lo);
    } else if (Math.abs(first.inner(middle)) > g1) {
      note(g.inner(lo), lo);
      note(g.inner(hi), root(lo, hi));
    } else if (depth == 0) {
      complete = false;
    } else {
      scan(lo, middle, depth - 1);
      scan(middle, hi, depth - 1);
    }
  }

  private double root(double from, double to) {
    double lo = from;
    double hi = to;
    double middle = lo + (hi - lo) / 2;
    double sign = Math.signum(g.inner(to));
    while (lo < middle && middle < hi) {
      boolean after = Math.signum(g.inner(middle)) == sign;
      hi = after ? middle : hi;
      lo = after ? lo : middle;
      middle = lo + (hi - lo) / 2;
    }
    return g.inner(from) == 0 ? from : hi;
  }

  private void note(double value, double from) {
    Profile.Curve form = value > 0 ? Profile.Curve.CONVEX : Profile.Curve.CONCAVE;
    if (value == 0 || (!forms.isEmpty() && forms.get(forms.size() - 1) == form)) {
      return;
    }
    if (!forms.isEmpty()) {
      cuts.add(from);
    }
    forms.add(form);
  }

  /** Whether every sign is certain. */
  boolean isComplete() {
    return complete;
  }

  /** Where the sign changes, in the ring's number. */
  double[] cuts() {
    return cuts.stream().mapToDouble(cut -> cut).toArray();
  }

  /** What a function bends like whose second derivative has these signs. */
  Profile.Curve[] forms() {
    return forms.toArray(Profile.Curve[]::new);
  }
}
