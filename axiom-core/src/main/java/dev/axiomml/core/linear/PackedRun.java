package dev.axiomml.core.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A nest run with one factor packed into rows of lanes: one loop moves the output and that factor
 * only.
 */
final class PackedRun {
  private static final int NARROW = 8;
  private static final int PAYS = 4;

  private final LoopNest nest;
  private final Loop lane;
  private final int role;
  private final SummedLoops loops;
  private final List<Loop> packing = new ArrayList<>();
  private int unit;
  private int lowest;
  private int[] rowAt = {};
  private int[] numberAt = {};

  private PackedRun(LoopNest nest, int at, int role) {
    this.nest = nest;
    this.lane = nest.loops().get(at);
    this.role = role;
    this.loops = SummedLoops.beside(at, nest);
    nest.beside(at).stream().filter(loop -> loop.moves(role)).forEach(packing::add);
  }

  /** The run of a nest that has such a loop. */
  static Optional<PackedRun> of(LoopNest nest) {
    Optional<PackedRun> best = Optional.empty();
    int most = 0;
    for (int i = 0; i < nest.loops().size(); i++) {
      Loop loop = nest.loops().get(i);
      boolean first = loop.moves(LoopNest.FIRST);
      boolean lanes = loop.moves(LoopNest.OUT) && nest.isolates(i);
      int role = first ? LoopNest.FIRST : LoopNest.SECOND;
      boolean alone = first != loop.moves(LoopNest.SECOND);
      int worth = Math.min(loop.size(), LinearEngine.WIDTH) * (loop.step(role) == 1 ? 4 : 1);
      if (lanes && alone && loop.size() >= NARROW && worth > most) {
        most = worth;
        best = Optional.of(new PackedRun(nest, i, role));
      }
    }
    return best;
  }

  boolean packs(int factor) {
    return role == factor;
  }

  boolean isPlain() {
    return nest.isPlain();
  }

  Loop lane() {
    return lane;
  }

  int packedStep() {
    return lane.step(role);
  }

  int[] rowAt() {
    return rowAt;
  }

  int[] numberAt() {
    return numberAt;
  }

  /** Runs, unless packing would cost more than it saves. */
  boolean go(LaneLoops lanes, WorkTally tally) {
    lay();
    long packed = new LoopSet(packing).products();
    int rows = rows();
    long work = loops.outer().products() * rowAt.length;
    if (work < PAYS * packed || rows > Math.max(work, 1024)) {
      return false;
    }
    for (int from = 0; from < lane.size(); from += LinearEngine.WIDTH) {
      int width = Math.min(LinearEngine.WIDTH, lane.size() - from);
      lanes.begin(this, rows, width);
      int at = from * lane.step(role);
      int out = from * lane.step(LoopNest.OUT);
      new LoopSet(packing).each(nest, (o, a, b) -> lanes.pack(row(a, b), packed(a, b) + at));
      int block = nest.isDisjoint() ? lanes.cached() : rowAt.length;
      for (int sum = 0; sum < rowAt.length; sum += block) {
        accumulate(lanes, out, sum, Math.min(rowAt.length, sum + block));
        tally.add(loops.outer().products() * width * block);
      }
    }
    return true;
  }

  /** A part of each sum whose rows a cache holds, for all outputs. */
  private void accumulate(LaneLoops lanes, int out, int from, int to) {
    loops
        .outer()
        .each(
            nest,
            (o, a, b) -> lanes.accumulate(o + out, row(a, b), Math.max(0, number(a, b)), from, to));
  }

  private int packed(int first, int second) {
    return role == LoopNest.FIRST ? first : second;
  }

  private int number(int first, int second) {
    return role == LoopNest.FIRST ? second : first;
  }

  private int row(int first, int second) {
    return (packed(first, second) - lowest) / unit;
  }

  /** Finds the rows: their distance in the factor and where each summed product's row lies. */
  private void lay() {
    unit = Math.max(1, packing.stream().mapToInt(this::unit).reduce(0, PackedRun::divisor));
    lowest = nest.start(role) + packing.stream().mapToInt(l -> extreme(l, -1)).sum();
    rowAt = loops.summed().offsets(role);
    for (int i = 0; i < rowAt.length; i++) {
      rowAt[i] /= unit;
    }
    numberAt = isPlain() ? new int[rowAt.length] : loops.summed().offsets(3 - role);
  }

  private int rows() {
    int highest = nest.start(role) + packing.stream().mapToInt(l -> extreme(l, 1)).sum();
    return (highest - lowest) / unit + 1;
  }

  private int unit(Loop loop) {
    int unit = Math.abs(loop.step(role));
    for (int i = 0; loop.isListed() && i < loop.size(); i++) {
      unit = divisor(unit, Math.abs(loop.at(role, i)));
    }
    return unit;
  }

  /** The largest offset of a loop, or the smallest. */
  private int extreme(Loop loop, int sign) {
    int extreme = loop.at(role, 0);
    for (int i = 1; i < loop.size(); i++) {
      extreme = sign * loop.at(role, i) > sign * extreme ? loop.at(role, i) : extreme;
    }
    return extreme;
  }

  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }
}
