package dev.axiomml.core.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Loops that add products to an output: {@code out[o] += first[a] · second[b]} for every
 * combination of turns, positions being row-major elements of the three tensors.
 *
 * <p>No role is "the weight": {@link #roles} with output and first factor exchanged is the
 * transposed map, with output and second exchanged the gradient by the second factor. A factor may
 * be exactly one everywhere. Immutable; equal nests are equal values.
 */
public final class LoopNest {
  /** The role that is written. */
  public static final int OUT = 0;

  /** The role of the first factor. */
  public static final int FIRST = 1;

  /** The role of the second factor. */
  public static final int SECOND = 2;

  /** The start of a factor that is exactly one. */
  public static final int ONE = -1;

  static final int ROLES = 3;

  private final int[] start;
  private final List<Loop> loops;
  private volatile @Nullable GatheredSums sums;

  private LoopNest(int[] start, List<Loop> loops) {
    this.start = start;
    this.loops = List.copyOf(loops);
  }

  /** A nest that begins at element 0 of each role; no loops make one product. */
  public static LoopNest of(List<Loop> loops) {
    return new LoopNest(new int[ROLES], loops);
  }

  /** A nest whose second factor is exactly one: it sums, or moves, elements of the first. */
  public static LoopNest plain(List<Loop> loops) {
    return new LoopNest(new int[] {0, 0, ONE}, loops.stream().map(Loop::plain).toList());
  }

  /**
   * A plain nest over a box of sizes, with the steps of output and first factor along each axis.
   */
  public static LoopNest plain(int[] sizes, int[] out, int[] first) {
    List<Loop> loops = new ArrayList<>();
    for (int axis = 0; axis < sizes.length; axis++) {
      loops.add(Loop.of(sizes[axis], out[axis], first[axis]));
    }
    return plain(loops);
  }

  /** Its sums over rows, laid out when they are first asked for. */
  GatheredSums sums() {
    GatheredSums known = sums;
    if (known == null) {
      known = GatheredSums.of(this);
      sums = known;
    }
    return known;
  }

  /** The same loops that begin elsewhere; a factor that is one stays so. */
  public LoopNest from(int out, int first, int second) {
    int[] moved = {out, first, second};
    for (int role = FIRST; role < ROLES; role++) {
      moved[role] = start[role] == ONE ? ONE : moved[role];
    }
    return new LoopNest(moved, loops);
  }

  /** The transposed map: it writes the first factor and reads the output in its place. */
  public LoopNest transposed() {
    return roles(FIRST, OUT, SECOND);
  }

  /**
   * The gradient by the second factor: it writes that, and reads the output and the first factor.
   */
  public LoopNest bySecond() {
    return roles(SECOND, OUT, FIRST);
  }

  /** The same products with the factors exchanged. */
  public LoopNest exchanged() {
    return roles(OUT, SECOND, FIRST);
  }

  private LoopNest roles(int... from) {
    return new LoopNest(
        new int[] {start[from[0]], start[from[1]], start[from[2]]},
        loops.stream().map(loop -> loop.roles(from)).toList());
  }

  /** Where a role begins. */
  public int start(int role) {
    return start[role];
  }

  /** The loops, from the outermost. */
  public List<Loop> loops() {
    return loops;
  }

  /** Whether the second factor is exactly one. */
  public boolean isPlain() {
    return start[SECOND] == ONE;
  }

  /** The number of products. */
  public long products() {
    long products = 1;
    for (Loop loop : loops) {
      products = Math.multiplyExact(products, (long) loop.size());
    }
    return products;
  }

  /**
   * The same products in fewest loops: single turns are left out and loops that carry each other on
   * are joined.
   */
  public LoopNest merged() {
    return compact(true);
  }

  /**
   * The form that is run: merged, unless outputs overlap, where a joined loop would no longer be
   * one that writes outputs of its own.
   */
  LoopNest runnable() {
    LoopNest merged = merged();
    return merged.isDisjoint() ? merged : compact(false);
  }

  private LoopNest compact(boolean joins) {
    int[] first = start.clone();
    List<Loop> compact = new ArrayList<>();
    for (Loop loop : loops) {
      if (loop.size() == 1) {
        move(first, loop);
      } else if (joins) {
        join(compact, loop);
      } else {
        compact.add(loop);
      }
    }
    return new LoopNest(first, compact);
  }

  private static void move(int[] start, Loop loop) {
    for (int role = 0; role < ROLES; role++) {
      start[role] += start[role] == ONE ? 0 : loop.at(role, 0);
    }
  }

  private static void join(List<Loop> merged, Loop inner) {
    int last = merged.size() - 1;
    if (last >= 0 && merged.get(last).continues(inner)) {
      merged.set(last, merged.get(last).joined(inner));
    } else {
      merged.add(inner);
    }
  }

  /** The same products as nests without listed offsets: lists are cut into runs of one step. */
  public List<LoopNest> unlisted() {
    for (int i = 0; i < loops.size(); i++) {
      if (loops.get(i).isListed()) {
        return cut(i).stream().flatMap(nest -> nest.unlisted().stream()).toList();
      }
    }
    return List.of(this);
  }

  private List<LoopNest> cut(int at) {
    Loop loop = loops.get(at);
    List<LoopNest> parts = new ArrayList<>();
    for (int turn = 0; turn < loop.size(); turn = loop.evenUntil(turn)) {
      int[] moved = start.clone();
      for (int role = 0; role < ROLES; role++) {
        moved[role] += start[role] == ONE ? 0 : loop.at(role, turn);
      }
      List<Loop> rest = new ArrayList<>(loops);
      rest.set(at, loop.part(turn, loop.evenUntil(turn)));
      parts.add(new LoopNest(moved, rest));
    }
    return parts;
  }

  /**
   * The same products in an order for a run line by line: the last loop is the line, the one before
   * repeats it, and both have steps; each output's products keep their order.
   */
  public LoopNest lined() {
    return LineOrder.of(runnable());
  }

  /** Whether each output is written by one turn of the loop at a place, which is then free. */
  boolean isolates(int at) {
    long step = Math.abs(loops.get(at).step(OUT));
    long block = step * loops.get(at).size();
    long within = 0;
    boolean apart = block > 0;
    for (int i = 0; i < loops.size() && apart; i++) {
      Loop other = loops.get(i);
      long beside = Math.abs(other.step(OUT));
      boolean inner = beside < step;
      if (i != at && other.moves(OUT)) {
        within += inner ? beside * (other.size() - 1) : 0;
        apart = !other.isListed() && (inner || beside % block == 0);
      }
    }
    return apart && within < step;
  }

  /** Whether every output is written by one combination of the loops that move it. */
  boolean isDisjoint() {
    return IntStream.range(0, loops.size()).allMatch(i -> !loops.get(i).moves(OUT) || isolates(i));
  }

  /** The loops but for the one at a place; all of them for −1. */
  List<Loop> beside(int at) {
    return IntStream.range(0, loops.size()).filter(i -> i != at).mapToObj(loops::get).toList();
  }

  LoopNest with(List<Loop> other) {
    return new LoopNest(start, other);
  }

  /** Adds, for each element of the output, how many products it is the sum of. */
  public void count(int[] terms) {
    long each = 1;
    List<Loop> moving = new ArrayList<>();
    for (Loop loop : loops) {
      if (loop.moves(OUT)) {
        moving.add(loop);
      } else {
        each *= loop.size();
      }
    }
    if (each > 0) {
      int times = Math.toIntExact(each);
      LoopNest outputs = new LoopNest(start, moving);
      outputs.lines(
          (out, outStep, first, firstStep, second, secondStep, n) -> {
            for (int j = 0; j < n; j++) {
              terms[out + j * outStep] += times;
            }
          });
    }
  }

  /** Visits every product, in lines as long as the loops allow. */
  public void lines(ProductLines to) {
    if (loops.stream().allMatch(loop -> loop.size() > 0)) {
      new LineWalk(merged(), to).walk();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LoopNest nest
        && Arrays.equals(start, nest.start)
        && loops.equals(nest.loops);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(start) + loops.hashCode();
  }

  @Override
  public String toString() {
    return Arrays.toString(start) + loops;
  }
}
