package dev.axiomml.core.linear;

import java.util.List;

/** The elements that each output of plain nests is made of, one output at a time. */
public final class NestMembers {
  private NestMembers() {}

  /** Receives the members of an output. */
  @FunctionalInterface
  public interface Sink {
    /**
     * The {@code count} entries of {@code members}, in the order of the loops, are those of output
     * {@code out}; the array is used again.
     */
    void window(int out, int[] members, int count);
  }

  /**
   * Visits every output once: those of each nest in turn, then those that no nest makes, without
   * members.
   *
   * @throws IllegalArgumentException when an output is made twice
   */
  public static void each(List<LoopNest> nests, int outputs, Sink sink) {
    boolean[] made = new boolean[outputs];
    for (LoopNest nest : nests) {
      if (nest.products() > 0) {
        each(nest, made, sink);
      }
    }
    for (int out = 0; out < outputs; out++) {
      if (!made[out]) {
        sink.window(out, new int[0], 0);
      }
    }
  }

  private static void each(LoopNest nest, boolean[] made, Sink sink) {
    SummedLoops loops = SummedLoops.whole(nest);
    int[] offsets = loops.summed().offsets(LoopNest.FIRST);
    int[] members = new int[offsets.length];
    loops
        .outer()
        .each(
            nest,
            (out, first, second) -> {
              if (made[out]) {
                throw new IllegalArgumentException("output " + out + " is made twice: " + nest);
              }
              made[out] = true;
              for (int i = 0; i < members.length; i++) {
                members[i] = first + offsets[i];
              }
              sink.window(out, members, members.length);
            });
  }
}
