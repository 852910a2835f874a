package dev.axiomml.verify.check.integer;

import dev.axiomml.core.exact.Dyadic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A part of a region: an interval for each element of each input, perhaps cut with a ball around
 * the first.
 *
 * @param lo lower ends, an array for each input; changed by {@code TreeCheck} alone, on its copy
 * @param hi upper ends likewise
 * @param sphere the ball
 */
public record CheckedRegion(List<Dyadic[]> lo, List<Dyadic[]> hi, Optional<NormBall> sphere) {
  /** Whether it holds no input at all. */
  public boolean isEmpty() {
    return IntStream.range(0, lo.size()).anyMatch(input -> isEmpty(lo.get(input), hi.get(input)));
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
  public boolean has(int input, int element) {
    return input < lo.size() && element < lo.get(input).length;
  }

  /** Whether one element has no value left. */
  public boolean isEmpty(int input, int element) {
    return hi.get(input)[element].below(lo.get(input)[element]);
  }

  /** The same with ends of its own, to be narrowed by the one who asked. */
  public CheckedRegion copy() {
    return new CheckedRegion(
        lo.stream().map(Dyadic[]::clone).toList(),
        hi.stream().map(Dyadic[]::clone).toList(),
        sphere);
  }

  /** Whether another lies in this. */
  public boolean holds(CheckedRegion other) {
    CheckedRegion both = other.copy();
    both.meet(this);
    return IntStream.range(0, lo.size())
        .allMatch(
            input ->
                Arrays.equals(both.lo.get(input), other.lo.get(input))
                    && Arrays.equals(both.hi.get(input), other.hi.get(input)));
  }

  /** Cuts this to what lies in another. */
  public void meet(CheckedRegion other) {
    for (int input = 0; input < lo.size(); input++) {
      for (int i = 0; i < lo.get(input).length; i++) {
        lo.get(input)[i] = lo.get(input)[i].max(other.lo.get(input)[i]);
        hi.get(input)[i] = hi.get(input)[i].min(other.hi.get(input)[i]);
      }
    }
  }

  /** One input near the middle, as a region of its own; none where a ball may leave it out. */
  public Optional<CheckedRegion> inside() {
    List<Dyadic[]> point = new ArrayList<>();
    for (int input = 0; input < lo.size(); input++) {
      Dyadic[] middle = new Dyadic[lo.get(input).length];
      for (int i = 0; i < middle.length; i++) {
        Dyadic from = lo.get(input)[i];
        Dyadic to = hi.get(input)[i];
        Dyadic near = Dyadic.of((float) from.plus(to).shifted(-1).floorDouble());
        middle[i] = near.below(from) || to.below(near) ? from : near;
      }
      point.add(middle);
    }
    return Optional.of(new CheckedRegion(point, point, Optional.empty()))
        .filter(region -> sphere.isEmpty());
  }

  List<IntegerRange> ranges(int bits) {
    List<IntegerRange> ranges = new ArrayList<>();
    for (int input = 0; input < lo.size(); input++) {
      ranges.add(IntegerRange.of(lo.get(input), hi.get(input), bits));
    }
    return ranges;
  }
}
