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
record CopyLoops(int from, int to, List<StridedLoop> axes) {
  static final int MAX_RANK = 8;

  /** Fewer nests that move the same elements: what repeats at regular steps becomes a loop. */
  static List<CopyLoops> joined(List<CopyLoops> nests) {
    List<CopyLoops> now = nests;
    while (true) {
      List<CopyLoops> fewer = pass(now);
      if (fewer.size() == now.size()) {
        return fewer;
      }
      now = fewer;
    }
  }

  private static List<CopyLoops> pass(List<CopyLoops> nests) {
    List<CopyLoops> joined = new ArrayList<>();
    int i = 0;
    while (i < nests.size()) {
      int n = repeats(nests, i);
      joined.add(n == 1 ? nests.get(i) : nests.get(i).repeated(n, nests.get(i + 1)));
      i += n;
    }
    return joined;
  }

  /** How many nests from {@code i} on lie one regular step apart. */
  private static int repeats(List<CopyLoops> nests, int i) {
    CopyLoops first = nests.get(i);
    int n = 1;
    while (i + n < nests.size() && first.leadsTo(nests, i, n)) {
      n++;
    }
    return n;
  }

  private boolean leadsTo(List<CopyLoops> nests, int i, int n) {
    CopyLoops next = nests.get(i + n);
    CopyLoops second = nests.get(i + 1);
    return axes.size() < MAX_RANK
        && next.axes.equals(axes)
        && next.from - from == n * (second.from - from)
        && next.to - to == n * (second.to - to);
  }

  private CopyLoops repeated(int n, CopyLoops second) {
    List<StridedLoop> all = new ArrayList<>(axes);
    all.add(0, new StridedLoop(n, second.from - from, second.to - to));
    return new CopyLoops(from, to, all);
  }
}
