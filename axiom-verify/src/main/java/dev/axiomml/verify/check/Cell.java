package dev.axiomml.verify.check;

import dev.axiomml.core.exact.Dyadic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of a region: an interval for each element of each input, perhaps cut with a ball around
 * the first.
 *
 * @param lo lower ends, an array for each input; never changed
 * @param hi upper ends likewise
 * @param sphere the ball
 */
record Cell(List<Dyadic[]> lo, List<Dyadic[]> hi, Optional<Sphere> sphere) {
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

  /** The part where an element is at most a number. */
  Cell atMost(int input, int element, Dyadic most) {
    Dyadic end = hi.get(input)[element].min(most);
    return new Cell(lo, changed(hi, input, element, end), sphere);
  }

  /** The part where an element is at least a number. */
  Cell atLeast(int input, int element, Dyadic least) {
    Dyadic end = lo.get(input)[element].max(least);
    return new Cell(changed(lo, input, element, end), hi, sphere);
  }

  private static List<Dyadic[]> changed(List<Dyadic[]> ends, int input, int element, Dyadic end) {
    Dyadic[] copy = ends.get(input).clone();
    copy[element] = end;
    List<Dyadic[]> all = new ArrayList<>(ends);
    all.set(input, copy);
    return all;
  }

  List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    for (int input = 0; input < lo.size(); input++) {
      ranges.add(Range.of(lo.get(input), hi.get(input)));
    }
    return ranges;
  }
}
