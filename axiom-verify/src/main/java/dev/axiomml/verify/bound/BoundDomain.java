package dev.axiomml.verify.bound;

import dev.axiomml.core.op.Box;
import dev.axiomml.core.property.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The inputs that a bound speaks of: a box for each input and, around the first one, possibly a
 * ball in another norm that is cut with its box.
 *
 * @param boxes one an input, in order; never changed after they were made
 * @param ball a ball in the Euclidean or the sum norm
 */
public record BoundDomain(List<Box> boxes, Optional<Region.Ball> ball) {
  /** Copies the list. */
  public BoundDomain {
    boxes = List.copyOf(boxes);
  }

  /** Boxes alone. */
  public static BoundDomain of(List<Box> boxes) {
    return new BoundDomain(boxes, Optional.empty());
  }

  /** This domain with one coordinate in another interval. */
  public BoundDomain with(int input, int element, double lo, double hi) {
    Box old = boxes.get(input);
    Box changed = new Box(old.lo().clone(), old.hi().clone());
    changed.lo()[element] = lo;
    changed.hi()[element] = hi;
    List<Box> all = new ArrayList<>(boxes);
    all.set(input, changed);
    return new BoundDomain(all, ball);
  }

  /** A sound least value of {@code Σ a·x} over one input of the domain. */
  double least(int input, double[] a) {
    double overBox = overBox(boxes.get(input), a);
    return input == 0 && ball.isPresent() ? Math.max(overBox, overBall(ball.get(), a)) : overBox;
  }

  static double overBox(Box box, double[] a) {
    double least = 0;
    double magnitude = 0;
    for (int i = 0; i < a.length; i++) {
      double term = a[i] == 0 ? 0 : a[i] * (a[i] > 0 ? box.lo()[i] : box.hi()[i]);
      least += term;
      magnitude += Math.abs(term);
    }
    return Double.isNaN(least)
        ? Double.NEGATIVE_INFINITY
        : least - RoundingModel.own(a.length) * magnitude;
  }

  /** Hölder: {@code Σ a·x ≥ Σ a·c − r·‖a‖} in the dual norm. */
  private static double overBall(Region.Ball ball, double[] a) {
    double least = 0;
    double magnitude = 0;
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      double term = a[i] * ball.center().doubleAt(i);
      least += term;
      magnitude += Math.abs(term);
      squares += a[i] * a[i];
      largest = Math.max(largest, Math.abs(a[i]));
    }
    double dual = ball.norm() == Region.Norm.L2 ? Math.sqrt(squares) : largest;
    double reach = ball.radius() * dual * (1 + RoundingModel.own(a.length)) + Double.MIN_NORMAL;
    double value = least - RoundingModel.own(a.length) * magnitude - reach;
    return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
  }
}
