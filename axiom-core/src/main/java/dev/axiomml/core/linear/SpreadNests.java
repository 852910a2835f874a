package dev.axiomml.core.linear;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether nests are the products of others, once for each of some samples that lie apart.
 *
 * <p>A tensor of one sample is cut into blocks of neighbouring elements; the tensor of all samples
 * holds the first block of each sample, then the second of each, and so on. The whole tensor as one
 * block is a batch along the first axis, blocks of one element are one along the last.
 *
 * @param samples their number
 * @param blocks for output, first and second factor the elements of a block; 0 for a factor that
 *     all samples share
 */
public record SpreadNests(int samples, List<Integer> blocks) {
  private static final Comparator<Loop> BY_STEPS =
      Comparator.comparing((Loop loop) -> loop.isListed())
          .thenComparing(loop -> -loop.step(LoopNest.OUT))
          .thenComparing(loop -> -loop.step(LoopNest.FIRST))
          .thenComparing(loop -> -loop.step(LoopNest.SECOND))
          .thenComparing(Loop::size);

  /** Copies the list. */
  public SpreadNests {
    blocks = List.copyOf(blocks);
  }

  /**
   * Whether {@code many} adds the products of {@code one} for each sample and no others, in any
   * order. A yes is exact; a no may be said of products that are written in other loops.
   */
  public boolean holds(List<LoopNest> one, List<LoopNest> many) {
    List<LoopNest> spread = new ArrayList<>();
    for (LoopNest nest : one) {
      Optional<LoopNest> each = spread(nest);
      if (each.isEmpty()) {
        return false;
      }
      spread.add(each.get());
    }
    return counted(spread).equals(counted(many));
  }

  /** The products for each sample; empty where a loop runs across the end of a block. */
  private Optional<LoopNest> spread(LoopNest nest) {
    List<Loop> loops = nest.loops();
    for (int role = 0; role < LoopNest.ROLES; role++) {
      int own = role;
      loops = loops.stream().flatMap(loop -> cut(loop, own).stream()).toList();
    }
    int[] starts = new int[LoopNest.ROLES];
    boolean apart = true;
    for (int role = 0; role < LoopNest.ROLES; role++) {
      int block = blocks.get(role);
      int start = nest.start(role);
      apart &= block == 0 || staysInBlock(start, loops, role);
      starts[role] = block == 0 ? start : moved(start, block);
    }
    List<Loop> all = new ArrayList<>();
    all.add(Loop.of(samples, blocks.get(0), blocks.get(1), blocks.get(2)));
    loops.forEach(loop -> all.add(spread(loop)));
    return apart
        ? Optional.of(nest.with(all).from(starts[0], starts[1], starts[2]))
        : Optional.empty();
  }

  /** A loop over elements of several blocks as one over blocks and one within; else itself. */
  private List<Loop> cut(Loop loop, int role) {
    int step = Math.abs(loop.step(role));
    int block = blocks.get(role);
    boolean inside = step == 0 || block == 0 || (long) step * (loop.size() - 1) < block;
    if (inside || block % step != 0 || loop.size() % (block / step) != 0) {
      return List.of(loop);
    }
    int turns = block / step;
    return List.of(
        Loop.of(
            loop.size() / turns,
            loop.step(LoopNest.OUT) * turns,
            loop.step(LoopNest.FIRST) * turns,
            loop.step(LoopNest.SECOND) * turns),
        loop.part(0, turns));
  }

  /** Whether loops that do not go by whole blocks stay in the block that they begin in. */
  private boolean staysInBlock(int start, List<Loop> loops, int role) {
    int block = blocks.get(role);
    long low = start % block;
    long high = low;
    for (Loop loop : loops) {
      if (!goesByBlocks(loop, role)) {
        int[] offsets = IntStream.range(0, loop.size()).map(turn -> loop.at(role, turn)).toArray();
        low += IntStream.of(offsets).min().orElse(0);
        high += IntStream.of(offsets).max().orElse(0);
      }
    }
    return low >= 0 && high < block;
  }

  private boolean goesByBlocks(Loop loop, int role) {
    int block = blocks.get(role);
    return loop.isListed()
        ? IntStream.range(0, loop.size()).allMatch(turn -> loop.at(role, turn) % block == 0)
        : loop.step(role) % block == 0;
  }

  private int moved(int at, int block) {
    return Math.addExact(Math.multiplyExact(at / block, block * samples), at % block);
  }

  private Loop spread(Loop loop) {
    int[] times =
        IntStream.range(0, LoopNest.ROLES)
            .map(role -> blocks.get(role) > 0 && goesByBlocks(loop, role) ? samples : 1)
            .toArray();
    return loop.scaled(times);
  }

  /** How often each nest is there, all in one form. */
  private static Map<LoopNest, Integer> counted(List<LoopNest> nests) {
    Map<LoopNest, Integer> counted = new HashMap<>();
    for (LoopNest nest : nests) {
      if (nest.loops().stream().allMatch(loop -> loop.size() > 0)) {
        counted.merge(sorted(nest), 1, Integer::sum);
      }
    }
    return counted;
  }

  /** The same products by loops that go forward, the widest first. */
  private static LoopNest sorted(LoopNest nest) {
    LoopNest merged = nest.merged();
    int[] starts = {merged.start(0), merged.start(1), merged.start(2)};
    List<Loop> loops = new ArrayList<>();
    for (Loop loop : merged.loops()) {
      boolean back = isBackward(loop);
      for (int role = 0; back && role < LoopNest.ROLES; role++) {
        starts[role] += loop.at(role, loop.size() - 1);
      }
      loops.add(back ? loop.scaled(new int[] {-1, -1, -1}) : loop);
    }
    loops.sort(BY_STEPS);
    return merged.with(loops).from(starts[0], starts[1], starts[2]).merged();
  }

  private static boolean isBackward(Loop loop) {
    int first =
        IntStream.range(0, LoopNest.ROLES)
            .map(loop::step)
            .filter(step -> step != 0)
            .findFirst()
            .orElse(0);
    return first < 0;
  }
}
