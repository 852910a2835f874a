package dev.axiomml.verify.bound;

import dev.axiomml.core.linear.LinearEngine;
import dev.axiomml.core.linear.LinearPanel;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.Box;
import java.util.function.DoubleBinaryOperator;

/**
 * Boxes of finite ends through a weighted term, all lanes at once: sums of ends where all weights
 * are one, else the weighted centre and the radius weighted by magnitudes. What these lose is paid
 * for by the margin.
 */
final class SumImage {
  private static final double[] NONE = {};

  private final SumForm.WeightedTerm term;
  private final int lanes;
  private final LinearEngine engine;

  SumImage(SumForm.WeightedTerm term, int lanes, StopWatch watch) {
    this.term = term;
    this.lanes = lanes;
    this.engine = LinearEngine.metered(watch::spend);
  }

  /** Adds the term's image of boxes. */
  void spread(Box x, SumForm.Image image) {
    if (term.nests().stream().allMatch(LoopNest::isPlain)) {
      LinearPanel ends =
          through(panel(x, (lo, hi) -> lo, (lo, hi) -> hi, SumImage::reach), image, term.weights());
      add(ends, 0, 1, image.lo());
      add(ends, 1, 1, image.hi());
      add(ends, 2, 1, image.magnitude());
      return;
    }
    LinearPanel centre = through(panel(x, SumImage::middle), image, term.weights());
    LinearPanel radius =
        through(panel(x, SumImage::radius, SumImage::reach), image, term.magnitudes());
    add(centre, 0, 1, image.lo());
    add(centre, 0, 1, image.hi());
    add(radius, 0, -1, image.lo());
    add(radius, 0, 1, image.hi());
    add(radius, 1, 1, image.magnitude());
  }

  private LinearPanel through(LinearPanel in, SumForm.Image image, double[] weights) {
    LinearPanel out = new LinearPanel(image.lo().length / lanes, in.width());
    engine.panel(term.nests(), out, in, weights);
    return out;
  }

  /** A panel of numbers of each interval; elements that are zero on all lanes reach nothing. */
  private LinearPanel panel(Box x, DoubleBinaryOperator... parts) {
    LinearPanel panel = new LinearPanel(x.size() / lanes, parts.length * lanes);
    for (int i = 0; i < panel.size(); i++) {
      double[] row = isZero(x, i) ? NONE : panel.row(i);
      for (int k = 0; k < row.length; k++) {
        int at = i * lanes + k % lanes;
        row[k] = parts[k / lanes].applyAsDouble(x.lo()[at], x.hi()[at]);
      }
    }
    return panel;
  }

  private boolean isZero(Box x, int element) {
    boolean zero = true;
    for (int at = element * lanes; at < (element + 1) * lanes; at++) {
      zero &= x.lo()[at] == 0 && x.hi()[at] == 0;
    }
    return zero;
  }

  private static double middle(double lo, double hi) {
    return lo == hi ? lo : lo / 2 + hi / 2;
  }

  /** A radius that reaches both ends from the middle. */
  private static double radius(double lo, double hi) {
    double c = middle(lo, hi);
    return lo == hi ? 0 : Math.nextUp(Math.max(hi - c, c - lo));
  }

  private static double reach(double lo, double hi) {
    return Math.max(Math.abs(lo), Math.abs(hi));
  }

  private void add(LinearPanel sums, int part, double sign, double[] to) {
    for (int o = 0; o < sums.size(); o++) {
      if (sums.reached(o).isEmpty()) {
        continue;
      }
      double[] row = sums.row(o);
      for (int l = 0; l < lanes; l++) {
        to[o * lanes + l] += sign * row[part * lanes + l];
      }
    }
  }
}
