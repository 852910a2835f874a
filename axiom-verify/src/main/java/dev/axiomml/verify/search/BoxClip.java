package dev.axiomml.verify.search;

import dev.axiomml.core.exact.Dyadic;
import dev.axiomml.core.op.Box;
import dev.axiomml.verify.bound.BoundDomain;
import dev.axiomml.verify.cert.ClippedInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts off where a claim holds: an input that breaks it lies, by each row's linear bound, in a half
 * of the space, and so in a smaller box (Clip-and-Verify, arXiv 2512.11087).
 *
 * <p>The box is left a little larger than it could be, in 256ths, so that the checker's own cut, in
 * another arithmetic, lies inside, and both go on with the same box.
 *
 * @param part what is left
 * @param cuts what is cut off
 */
record BoxClip(BoundDomain part, List<ClippedInterval> cuts) {
  private static final int ROUNDS = 3;
  private static final double ROOM = 1e-4;

  /** Cut off at both ends it leaves nothing. */
  private static final int ALL = ClippedInterval.PARTS - 1;

  /** A clip that leaves more of the box, by volume, costs its check more than it saves. */
  private static final double WORTH = 0.5;

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
        clip(boxes, row);
      }
    }
    return boxes;
  }

  private static void clip(List<Box> boxes, HalfSpace row) {
    double least = row.least(boxes);
    for (int input = 0; input < boxes.size() && Double.isFinite(least); input++) {
      double[] slopes = row.slopes().get(input);
      for (int i = 0; i < slopes.length; i++) {
        clip(boxes.get(input), i, slopes[i], -least / Math.abs(slopes[i]));
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

  /** Cuts boxes to what is left. */
  void cut(List<Box> boxes) {
    for (ClippedInterval cut : cuts) {
      Box box = boxes.get(cut.input());
      Box left = part.boxes().get(cut.input());
      int i = cut.element();
      box.lo()[i] = Math.max(box.lo()[i], left.lo()[i]);
      box.hi()[i] = Math.min(box.hi()[i], left.hi()[i]);
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
  static Optional<BoxClip> worth(BoundDomain domain, List<Box> boxes) {
    List<ClippedInterval> cuts = new ArrayList<>();
    for (int input = 0; input < boxes.size(); input++) {
      for (int i = 0; i < boxes.get(input).size(); i++) {
        cuts.add(cut(domain, boxes, input, i));
      }
    }
    cuts.removeIf(cut -> cut.below() + cut.above() == 0);
    double left = 1;
    for (ClippedInterval cut : cuts) {
      left *= Math.max(0, 1 - (cut.below() + cut.above()) / (double) ClippedInterval.PARTS);
    }
    return left <= WORTH ? Optional.of(new BoxClip(part(domain, cuts), cuts)) : Optional.empty();
  }

  private static ClippedInterval cut(BoundDomain domain, List<Box> boxes, int input, int i) {
    Box old = domain.boxes().get(input);
    Box box = boxes.get(input);
    boolean some = box.lo()[i] <= box.hi()[i];
    double width = old.hi()[i] - old.lo()[i];
    int below = some ? parts(box.lo()[i] - old.lo()[i], width) : ALL;
    int above = some ? parts(old.hi()[i] - box.hi()[i], width) : ALL;
    return new ClippedInterval(input, i, below, above);
  }

  /** 256ths that are cut off for sure. */
  private static int parts(double cut, double width) {
    double parts = (cut / width - ROOM) * ClippedInterval.PARTS;
    return parts >= 1 ? (int) Math.min(parts, ALL) : 0;
  }

  private static BoundDomain part(BoundDomain domain, List<ClippedInterval> cuts) {
    List<Box> boxes = new ArrayList<>();
    domain.boxes().forEach(b -> boxes.add(new Box(b.lo().clone(), b.hi().clone())));
    for (ClippedInterval cut : cuts) {
      Box box = boxes.get(cut.input());
      Dyadic lo = Dyadic.of(box.lo()[cut.element()]);
      Dyadic hi = Dyadic.of(box.hi()[cut.element()]);
      box.lo()[cut.element()] = lo.partWay(hi, cut.below()).floorDouble();
      box.hi()[cut.element()] = hi.negate().partWay(lo.negate(), cut.above()).negate().ceilDouble();
    }
    return new BoundDomain(boxes, domain.ball());
  }
}
