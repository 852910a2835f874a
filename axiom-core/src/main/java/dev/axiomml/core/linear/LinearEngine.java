package dev.axiomml.core.linear;

import java.util.List;
import java.util.function.LongConsumer;

/**
 * Runs linear maps that are stated as {@link LoopNest}s.
 *
 * <p>Every output adds its products by one fused multiply-add each, in the order of the loops:
 * those that move the output first, then the others. So a sum has one value on every machine,
 * whichever inner loop is taken and however many samples a batch holds. Products with NaN and
 * infinities follow IEEE 754; nothing is skipped because a factor is zero, but for the unreached
 * rows of a panel.
 *
 * <p>A loop that stands still in exactly one factor makes <em>lanes</em>: the other factor is
 * packed into rows of up to 64 elements, each an array of its own, and each number of the still
 * factor is multiplied with whole rows. A panel is such rows given from outside.
 */
public final class LinearEngine {
  /** Columns of a row, at most. */
  public static final int WIDTH = 64;

  private static final int FEW = 4;

  private static final LinearEngine PLAIN = new LinearEngine(products -> {});

  private final LongConsumer work;

  private LinearEngine(LongConsumer work) {
    this.work = work;
  }

  /** The engine. */
  public static LinearEngine plain() {
    return PLAIN;
  }

  /**
   * The engine that tells how many products it is about to make, every hundred thousand or so; the
   * receiver may end the run by an exception, which leaves sums half made.
   */
  public static LinearEngine metered(LongConsumer work) {
    return new LinearEngine(work);
  }

  /**
   * Adds a map's products to an output.
   *
   * @param second unused where a nest is plain
   */
  public void run(List<LoopNest> nests, double[] out, double[] first, double[] second) {
    for (LoopNest nest : nests) {
      run(nest, new DoubleLanes(out, first, second));
    }
  }

  /** The same in float32. */
  public void run(List<LoopNest> nests, float[] out, float[] first, float[] second) {
    for (LoopNest nest : nests) {
      run(nest, new FloatLanes(out, first, second));
    }
  }

  private void run(LoopNest nest, LaneLoops lanes) {
    LoopNest all = nest.runnable();
    if (all.loops().stream().anyMatch(loop -> loop.size() == 0)) {
      return;
    }
    if (all.start(LoopNest.FIRST) == LoopNest.ONE) {
      throw new IllegalArgumentException("the first factor of a run is a tensor: " + nest);
    }
    WorkTally tally = new WorkTally(work);
    if (!PackedRun.of(all).map(run -> run.go(lanes, tally)).orElse(false)) {
      new DirectRun(all).go(lanes, tally);
    }
  }

  /**
   * Adds a map's products to a panel: rows of {@code in} times the weights.
   *
   * @param weights the second factor; unused where a nest is plain
   */
  public void panel(List<LoopNest> nests, LinearPanel out, LinearPanel in, double[] weights) {
    if (in.width() <= FEW && 2 * in.reached() > in.size()) {
      columns(nests, out, in, weights);
      return;
    }
    for (LoopNest nest : nests) {
      if (nest.loops().stream().allMatch(loop -> loop.size() > 0)) {
        new PanelRun(nest, out, in).go(weights, new WorkTally(work));
      }
    }
  }

  /** A few columns make no lanes: each is a tensor of its own. */
  private void columns(List<LoopNest> nests, LinearPanel out, LinearPanel in, double[] weights) {
    for (int column = 0; column < in.width(); column++) {
      double[] y = new double[out.size()];
      run(nests, y, in.column(column), weights);
      out.add(column, y);
    }
  }
}
