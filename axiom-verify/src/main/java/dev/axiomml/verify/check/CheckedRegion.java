package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a region: an interval for each element of each input, perhaps cut with a ball around
 * the first.
 *
 * @param lo lower ends, an array for each input; changed by {@link TreeCheck} alone, on its copy
 * @param hi upper ends likewise
 * @param sphere the ball
 */
record CheckedRegion(List<Dyadic[]> lo, List<Dyadic[]> hi, Optional<NormBall> sphere) {
  /** Whether it holds no input at all. */
  boolean isEmpty() {
    return java.util.stream.IntStream.range(0, lo.size())
        .anyMatch(input -> isEmpty(lo.get(input), hi.get(input)));
  }

  private static boolean isEmpty(Dyadic[] from, Dyadic[] to) {
    for (int i = 0; i < from.length; i++) {
      if (to[i].below(from[i])) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is such an element. */
  boolean has(int input, int element) {
    return input < lo.size() && element < lo.get(input).length;
  }

  /** Whether one element has no value left. */
  boolean isEmpty(int input, int element) {
    return hi.get(input)[element].below(lo.get(input)[element]);
  }

  /** The same with ends of its own, to be narrowed by the one who asked. */
  CheckedRegion copy() {
    return new CheckedRegion(
        lo.stream().map(Dyadic[]::clone).toList(),
        hi.stream().map(Dyadic[]::clone).toList(),
        sphere);
  }

  List<IntegerRange> ranges() {
    List<IntegerRange> ranges = new ArrayList<>();
    for (int input = 0; input < lo.size(); input++) {
      ranges.add(IntegerRange.of(lo.get(input), hi.get(input)));
    }
    return ranges;
  }
}
