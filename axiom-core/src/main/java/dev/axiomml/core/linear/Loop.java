package dev.axiomml.core.linear;

import java.util.Arrays;

/**
 * One loop of a {@link LoopNest}: how far each turn lies from the nest's start, in elements of the
 * output, of the first factor and of the second.
 *
 * <p>Offsets are a step times the turn, or listed, one for each turn. Immutable.
 */
public final class Loop {
  private static final int[][] NONE = {};

  private final int size;
  private final int[] steps;
  private final int[][] lists;

  private Loop(int size, int[] steps, int[][] lists) {
    if (size < 0) {
      throw new IllegalArgumentException("a loop makes 0 turns or more, got " + size);
    }
    this.size = size;
    this.steps = steps;
    this.lists = lists;
  }

  /** A loop of constant steps; 0 for a role that stands still. */
  public static Loop of(int size, int out, int first, int second) {
    return new Loop(size, new int[] {out, first, second}, NONE);
  }

  /** A loop of {@code size} steps of a plain nest: only output and first factor move. */
  public static Loop of(int size, int out, int first) {
    return of(size, out, first, 0);
  }

  /** A loop whose offsets are listed; all arrays have one length, the number of turns. */
  public static Loop listed(int[] out, int[] first, int[] second) {
    if (out.length != first.length || out.length != second.length) {
      throw new IllegalArgumentException(
          "offsets of " + out.length + ", " + first.length + " and " + second.length + " turns");
    }
    int[][] lists = {out.clone(), first.clone(), second.clone()};
    boolean even = Arrays.stream(lists).allMatch(Loop::isEven);
    return even ? even(lists) : new Loop(out.length, new int[LoopNest.ROLES], lists);
  }

  /** A loop over a table of positions of the first factor, the output moving by a constant step. */
  public static Loop table(int[] positions, int outStep, int firstStep) {
    int n = positions.length;
    int[] out = new int[n];
    int[] first = new int[n];
    for (int i = 0; i < n; i++) {
      out[i] = i * outStep;
      first[i] = positions[i] * firstStep;
    }
    return listed(out, first, new int[n]);
  }

  /** Whether offsets begin at 0 and rise by one step. */
  private static boolean isEven(int[] list) {
    for (int i = 0; i < list.length; i++) {
      if (list[i] != i * (list.length > 1 ? list[1] : 0)) {
        return false;
      }
    }
    return true;
  }

  private static Loop even(int[][] lists) {
    int n = lists[0].length;
    int[] steps = Arrays.stream(lists).mapToInt(list -> n > 1 ? list[1] : 0).toArray();
    return new Loop(n, steps, NONE);
  }

  /** The number of turns. */
  public int size() {
    return size;
  }

  /** Whether offsets are listed. */
  public boolean isListed() {
    return lists.length > 0;
  }

  /** The step of a role; 0 for a listed loop. */
  public int step(int role) {
    return steps[role];
  }

  /** The offset of a role at a turn. */
  public int at(int role, int turn) {
    return lists.length > 0 ? lists[role][turn] : steps[role] * turn;
  }

  /** Whether a role has different offsets at different turns, or one that is not 0. */
  public boolean moves(int role) {
    return isListed() ? Arrays.stream(lists[role]).anyMatch(at -> at != 0) : steps[role] != 0;
  }

  /** Turns {@code from} to {@code to} (exclusive), their offsets counted from the first of them. */
  Loop part(int from, int to) {
    if (!isListed()) {
      return new Loop(to - from, steps, NONE);
    }
    int[][] part = new int[LoopNest.ROLES][];
    for (int role = 0; role < part.length; role++) {
      int start = lists[role][from];
      part[role] = Arrays.stream(lists[role], from, to).map(at -> at - start).toArray();
    }
    return listed(part[0], part[1], part[2]);
  }

  /** The first turn behind {@code from} that does not follow by the step of the one before. */
  int evenUntil(int from) {
    int end = Math.min(size, from + 2);
    while (isListed() && end < size && follows(from, end)) {
      end++;
    }
    return isListed() ? end : size;
  }

  private boolean follows(int from, int turn) {
    boolean follows = true;
    for (int[] list : lists) {
      follows &= list[turn] - list[turn - 1] == list[from + 1] - list[from];
    }
    return follows;
  }

  /** The same loop, the second factor standing still. */
  Loop plain() {
    int[] still = {steps[0], steps[1], 0};
    return isListed() ? listed(lists[0], lists[1], new int[size]) : new Loop(size, still, NONE);
  }

  /** The same turns, each role's offsets times a number. */
  Loop scaled(int[] times) {
    int[] wide = new int[LoopNest.ROLES];
    int[][] all = isListed() ? new int[LoopNest.ROLES][] : NONE;
    for (int role = 0; role < wide.length; role++) {
      int own = times[role];
      wide[role] = Math.multiplyExact(steps[role], own);
      if (isListed()) {
        all[role] = Arrays.stream(lists[role]).map(at -> Math.multiplyExact(at, own)).toArray();
      }
    }
    return new Loop(size, wide, all);
  }

  Loop roles(int... from) {
    int[] moved = {steps[from[0]], steps[from[1]], steps[from[2]]};
    return new Loop(
        size,
        moved,
        isListed() ? new int[][] {lists[from[0]], lists[from[1]], lists[from[2]]} : NONE);
  }

  /** Whether this loop's steps are those of {@code inner} carried on. */
  boolean continues(Loop inner) {
    boolean joins = !isListed() && !inner.isListed();
    for (int role = 0; role < steps.length; role++) {
      joins &= steps[role] == inner.steps[role] * inner.size;
    }
    return joins;
  }

  Loop joined(Loop inner) {
    return new Loop(Math.multiplyExact(size, inner.size), inner.steps, NONE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Loop loop
        && size == loop.size
        && Arrays.equals(steps, loop.steps)
        && Arrays.deepEquals(lists, loop.lists);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * size + Arrays.hashCode(steps)) + Arrays.deepHashCode(lists);
  }

  @Override
  public String toString() {
    return size + "×" + (isListed() ? Arrays.deepToString(lists) : Arrays.toString(steps));
  }
}
