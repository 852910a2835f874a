package dev.axiomml.core.op.gradient;

import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.Box;
import dev.axiomml.core.op.FamilyTypes;
import dev.axiomml.core.op.GradientStep;
import dev.axiomml.core.op.RowOp;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * 1 at the first member of each window that is its largest, a NaN where there is one, else 0; the
 * gradient is 0.
 *
 * <p>Shape: what the windows lie over, then their largest, to a number for each member of each
 * window, in the order of the nests.
 *
 * @param of the windows
 */
public record WindowWinners(WindowOp of) implements RowOp {
  @Override
  public List<Type> infer(List<Type> in) {
    FamilyTypes.arity(this, in, 2);
    return List.of(Type.of(members(in.get(0).shape()), FamilyTypes.floats(this, in)));
  }

  Shape members(Shape in) {
    return Shape.of(of.nests(in).stream().mapToLong(LoopNest::products).sum());
  }

  /** The windows' nests, the second factor being the number of each member. */
  public List<LoopNest> nests(Shape in) {
    List<LoopNest> all = new ArrayList<>();
    int start = 0;
    for (LoopNest nest : of.nests(in)) {
      all.add(numbered(nest, start));
      start += Math.toIntExact(nest.products());
    }
    return all;
  }

  private static LoopNest numbered(LoopNest nest, int start) {
    List<Loop> loops = new ArrayList<>();
    int step = Math.toIntExact(nest.products());
    for (Loop loop : nest.loops()) {
      step /= Math.max(1, loop.size());
      loops.add(numbered(loop, step));
    }
    return LoopNest.of(loops).from(nest.start(LoopNest.OUT), nest.start(LoopNest.FIRST), start);
  }

  private static Loop numbered(Loop loop, int step) {
    if (!loop.isListed()) {
      return Loop.of(loop.size(), loop.step(LoopNest.OUT), loop.step(LoopNest.FIRST), step);
    }
    int[][] lists = new int[3][loop.size()];
    Arrays.setAll(lists[LoopNest.OUT], turn -> loop.at(LoopNest.OUT, turn));
    Arrays.setAll(lists[LoopNest.FIRST], turn -> loop.at(LoopNest.FIRST, turn));
    Arrays.setAll(lists[LoopNest.SECOND], turn -> turn * step);
    return Loop.listed(lists[0], lists[1], lists[2]);
  }

  @Override
  public List<double[]> apply(List<Type> in, List<double[]> x) {
    Shape from = in.get(0).shape();
    boolean[] found = new boolean[x.get(1).length];
    double[] winners = new double[members(from).count()];
    for (LoopNest nest : nests(from)) {
      each(
          nest,
          (out, member, number) -> {
            boolean wins = !found[out] && isLargest(x.get(0)[member], x.get(1)[out]);
            winners[number] = wins ? 1 : 0;
            found[out] |= wins;
          });
    }
    return List.of(winners);
  }

  @FunctionalInterface
  private interface Members {
    void member(int out, int member, int number);
  }

  /** Visits the members in the order of the loops. */
  private static void each(LoopNest nest, Members to) {
    int[] at = {nest.start(LoopNest.OUT), nest.start(LoopNest.FIRST), nest.start(LoopNest.SECOND)};
    each(nest.loops(), 0, at, to);
  }

  private static void each(List<Loop> loops, int depth, int[] at, Members to) {
    if (depth == loops.size()) {
      to.member(at[LoopNest.OUT], at[LoopNest.FIRST], at[LoopNest.SECOND]);
      return;
    }
    Loop loop = loops.get(depth);
    for (int turn = 0; turn < loop.size(); turn++) {
      int[] next = at.clone();
      for (int role = LoopNest.OUT; role <= LoopNest.SECOND; role++) {
        next[role] += loop.at(role, turn);
      }
      each(loops, depth + 1, next, to);
    }
  }

  private static boolean isLargest(double member, double largest) {
    return member == largest || (Double.isNaN(member) && Double.isNaN(largest));
  }

  @Override
  public <V> List<Optional<V>> gradient(GradientStep<V> at) {
    return at.none();
  }

  @Override
  public Optional<List<Box>> bound(List<Type> in, List<Box> x) {
    double[] one = new double[members(in.get(0).shape()).count()];
    Arrays.fill(one, 1);
    return Optional.of(List.of(new Box(new double[one.length], one)));
  }
}
