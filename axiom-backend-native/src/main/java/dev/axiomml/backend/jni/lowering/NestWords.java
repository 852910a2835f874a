package dev.axiomml.backend.jni.lowering;

import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import java.util.ArrayList;
import java.util.List;

/** Loop nests as attributes of the {@code nests} kernel; the words are described there. */
final class NestWords {
  private static final int PRODUCT = 0;
  private static final int SUM = 1;
  private static final int MOVE = 2;
  private static final int MAX_LOOPS = 16;
  private static final int MAX_WORDS = 1 << 22;

  private final List<Long> words = new ArrayList<>();
  private boolean tooMuch;

  private NestWords() {}

  /** Sums of products. */
  static NestWords of(List<LoopNest> nests) {
    NestWords words = new NestWords();
    words.add(nests, SUM);
    return words;
  }

  /** Plain nests that move elements. */
  static NestWords moving(List<LoopNest> nests) {
    NestWords words = new NestWords();
    words.add(nests, MOVE);
    return words;
  }

  /** Whether the kernel's limits are passed. */
  boolean isTooMuch() {
    return tooMuch;
  }

  List<Long> attributes() {
    return words;
  }

  private void add(List<LoopNest> nests, int plainKind) {
    List<LoopNest> full = nests.stream().filter(nest -> nest.products() > 0).toList();
    words.add((long) full.size());
    for (LoopNest nest : full) {
      add(nest.lined(), nest.isPlain() ? plainKind : PRODUCT);
    }
  }

  private void add(LoopNest nest, int kind) {
    tooMuch |= nest.loops().size() > MAX_LOOPS;
    words.addAll(
        LoweringContext.longs(
            kind,
            nest.loops().size(),
            nest.start(LoopNest.OUT),
            nest.start(LoopNest.FIRST),
            Math.max(0, nest.start(LoopNest.SECOND))));
    nest.loops().forEach(this::add);
  }

  private void add(Loop loop) {
    words.add((long) (loop.isListed() ? -loop.size() : loop.size()));
    for (int turn = 0; turn < (loop.isListed() ? loop.size() : 1) && !tooMuch; turn++) {
      for (int role = LoopNest.OUT; role <= LoopNest.SECOND; role++) {
        words.add((long) (loop.isListed() ? loop.at(role, turn) : loop.step(role)));
      }
      tooMuch |= words.size() > MAX_WORDS;
    }
  }
}
