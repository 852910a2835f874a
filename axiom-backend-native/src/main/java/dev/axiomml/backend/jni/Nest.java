package dev.axiomml.backend.jni;

import java.util.ArrayList;
import java.util.List;

/**
 * Loops that read and write at regular steps.
 *
 * @param from first element read
 * @param to first element written
 * @param axes the loops, innermost last: steps of reading, then of writing
 */
record Nest(int from, int to, List<Axis> axes) {
  static final int MAX_RANK = 8;

  /** Fewer nests that move the same elements: what repeats at regular steps becomes a loop. */
  static List<Nest> joined(List<Nest> nests) {
    List<Nest> now = nests;
    while (true) {
      List<Nest> fewer = pass(now);
      if (fewer.size() == now.size()) {
        return fewer;
      }
      now = fewer;
    }
  }

  private static List<Nest> pass(List<Nest> nests) {
    List<Nest> joined = new ArrayList<>();
    int i = 0;
    while (i < nests.size()) {
      int n = repeats(nests, i);
      joined.add(n == 1 ? nests.get(i) : nests.get(i).repeated(n, nests.get(i + 1)));
      i += n;
    }
    return joined;
  }

  /** How many nests from {@code i} on lie one regular step apart. */
  private static int repeats(List<Nest> nests, int i) {
    Nest first = nests.get(i);
    int n = 1;
    while (i + n < nests.size() && first.leadsTo(nests, i, n)) {
      n++;
    }
    return n;
  }

  private boolean leadsTo(List<Nest> nests, int i, int n) {
    Nest next = nests.get(i + n);
    Nest second = nests.get(i + 1);
    return axes.size() < MAX_RANK
        && next.axes.equals(axes)
        && next.from - from == n * (second.from - from)
        && next.to - to == n * (second.to - to);
  }

  private Nest repeated(int n, Nest second) {
    List<Axis> all = new ArrayList<>(axes);
    all.add(0, new Axis(n, second.from - from, second.to - to));
    return new Nest(from, to, all);
  }
}
