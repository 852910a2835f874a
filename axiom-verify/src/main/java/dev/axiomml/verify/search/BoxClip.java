package dev.axiomml.verify.search;

import dev.axiomml.core.op.Box;
import dev.axiomml.verify.bound.BoundDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts off where a claim holds: an input that breaks it lies, by each row's linear bound, in a half
 * of the space, and so in a smaller box (Clip-and-Verify, arXiv 2512.11087).
 *
 * <p>The box is left a little larger than it could be, so that the checker's own cut, in another
 * arithmetic, lies inside.
 */
final class BoxClip {
  private static final int ROUNDS = 3;
  private static final double ROOM = 1e-4;

  /** A cut that takes less of every interval is not worth its place in a proof. */
  private static final double WORTH = 0.1;

  private BoxClip() {}

  /**
   * What a row of the form {@code constant + Σ slopes·x} is at least.
   *
   * @param slopes one array an input
   */
  record HalfSpace(double constant, List<double[]> slopes) {
    /** Of a bound that is {@code least} over a domain. */
    static HalfSpace of(double least, List<double[]> slopes, BoundDomain domain) {
      double constant = least;
      for (int input = 0; input < slopes.size(); input++) {
        Box box = domain.boxes().get(input);
        for (int i = 0; i < box.size(); i++) {
          constant -= lowest(slopes.get(input)[i], box, i);
        }
      }
      return new HalfSpace(constant, slopes);
    }

    private double least(List<Box> boxes) {
      double least = constant;
      for (int input = 0; input < slopes.size(); input++) {
        for (int i = 0; i < boxes.get(input).size(); i++) {
          least += lowest(slopes.get(input)[i], boxes.get(input), i);
        }
      }
      return least;
    }
  }

  private static double lowest(double slope, Box box, int i) {
    return slope == 0 ? 0 : slope * (slope > 0 ? box.lo()[i] : box.hi()[i]);
  }

  /**
   * The part of a domain where all rows may be zero or less; its boxes are empty where none may.
   */
  static List<Box> clipped(BoundDomain domain, List<HalfSpace> rows) {
    List<Box> boxes = new ArrayList<>();
    domain.boxes().forEach(b -> boxes.add(new Box(b.lo().clone(), b.hi().clone())));
    for (int round = 0; round < ROUNDS; round++) {
      for (HalfSpace row : rows) {
        clip(boxes, row, domain);
      }
    }
    return boxes;
  }

  private static void clip(List<Box> boxes, HalfSpace row, BoundDomain whole) {
    double least = row.least(boxes);
    for (int input = 0; input < boxes.size() && Double.isFinite(least); input++) {
      Box old = whole.boxes().get(input);
      double[] slopes = row.slopes().get(input);
      for (int i = 0; i < slopes.length; i++) {
        double room = ROOM * (old.hi()[i] - old.lo()[i]);
        clip(boxes.get(input), i, slopes[i], -least / Math.abs(slopes[i]) + room);
      }
    }
  }

  /** An element that may go so far from the end where the row is least. */
  private static void clip(Box box, int i, double slope, double reach) {
    if (slope > 0) {
      box.hi()[i] = Math.min(box.hi()[i], box.lo()[i] + reach);
    } else if (slope < 0) {
      box.lo()[i] = Math.max(box.lo()[i], box.hi()[i] - reach);
    }
  }

  /** The smallest boxes around both; a side that is empty adds nothing. */
  static List<Box> around(List<Box> first, List<Box> second) {
    if (isEmpty(first) || isEmpty(second)) {
      return isEmpty(first) ? second : first;
    }
    List<Box> around = new ArrayList<>();
    for (int input = 0; input < first.size(); input++) {
      Box a = first.get(input);
      Box b = second.get(input);
      Box box = new Box(a.lo().clone(), a.hi().clone());
      for (int i = 0; i < box.size(); i++) {
        box.lo()[i] = Math.min(a.lo()[i], b.lo()[i]);
        box.hi()[i] = Math.max(a.hi()[i], b.hi()[i]);
      }
      around.add(box);
    }
    return around;
  }

  static boolean isEmpty(List<Box> boxes) {
    boolean empty = false;
    for (Box box : boxes) {
      for (int i = 0; i < box.size(); i++) {
        empty |= !(box.lo()[i] <= box.hi()[i]);
      }
    }
    return empty;
  }

  /** The domain cut to boxes, where that takes enough of it. */
  static Optional<BoundDomain> worth(BoundDomain domain, List<Box> boxes) {
    boolean worth = false;
    for (int input = 0; input < boxes.size(); input++) {
      Box old = domain.boxes().get(input);
      Box box = boxes.get(input);
      for (int i = 0; i < box.size(); i++) {
        worth |= box.hi()[i] - box.lo()[i] < (1 - WORTH) * (old.hi()[i] - old.lo()[i]);
      }
    }
    return worth ? Optional.of(new BoundDomain(boxes, domain.ball())) : Optional.empty();
  }
}
