package dev.axiomml.verify.bound;

import dev.axiomml.core.op.Box;
import java.util.List;

/**
 * Boxes of one value side by side as a single box: element i of lane l lies at {@code i·lanes + l}.
 */
final class LaneBoxes {
  private LaneBoxes() {}

  /** Boxes of one size, one a lane. */
  static Box of(List<Box> boxes) {
    if (boxes.size() == 1) {
      return boxes.get(0);
    }
    Box all = empty(boxes.get(0).size(), boxes.size());
    for (int l = 0; l < boxes.size(); l++) {
      put(all, l, boxes.size(), boxes.get(l));
    }
    return all;
  }

  private static Box empty(int size, int lanes) {
    return new Box(new double[size * lanes], new double[size * lanes]);
  }

  private static void put(Box all, int lane, int lanes, Box box) {
    for (int i = 0; i < box.size(); i++) {
      all.lo()[i * lanes + lane] = box.lo()[i];
      all.hi()[i * lanes + lane] = box.hi()[i];
    }
  }

  /** Where some elements of a lane lie. */
  static int[] elements(int[] members, int count, int lane, int lanes) {
    int[] elements = new int[count];
    for (int i = 0; i < count; i++) {
      elements[i] = members[i] * lanes + lane;
    }
    return elements;
  }

  /** The box of a lane. */
  static Box lane(Box all, int lane, int lanes) {
    if (lanes == 1) {
      return all;
    }
    Box box = empty(all.size() / lanes, 1);
    for (int i = 0; i < box.size(); i++) {
      box.lo()[i] = all.lo()[i * lanes + lane];
      box.hi()[i] = all.hi()[i * lanes + lane];
    }
    return box;
  }
}
