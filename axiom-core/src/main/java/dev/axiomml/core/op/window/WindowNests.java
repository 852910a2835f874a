package dev.axiomml.core.op.window;

import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Windows over the spatial axes of a channels-last tensor (N, spatial…, C), as loop nests: along
 * each axis, neighbouring outputs whose windows lie alike share a loop, so the inside of an image
 * is one nest and its border a few.
 */
public final class WindowNests {
  private final List<List<AxisRun>> axes;
  private final int[] in;
  private final int[] out;
  private final int samples;

  /**
   * Neighbouring outputs of one axis whose windows have as many elements inside.
   *
   * @param out the first output
   * @param outs how many
   * @param in the first input position of the first output's window
   * @param next how far the next output's window lies behind it
   * @param kernel the first element of the window that lies inside
   * @param size how many elements lie inside, and how many count with padding
   */
  record AxisRun(int out, int outs, int in, int next, int kernel, RunSize size) {
    /** Whether another run carries this one on. */
    boolean continues(AxisRun more) {
      boolean alike = kernel == more.kernel && size.equals(more.size);
      boolean near = out + outs == more.out;
      return alike && near && (outs == 1 || more.in - in == outs * next);
    }

    AxisRun with(AxisRun more) {
      return new AxisRun(out, outs + more.outs, in, outs == 1 ? more.in - in : next, kernel, size);
    }
  }

  /**
   * Elements of a window along one axis.
   *
   * @param inside how many lie inside
   * @param padded how many count where padding does
   * @param step how far they lie apart
   */
  record RunSize(int inside, int padded, int step) {}

  WindowNests(List<List<AxisRun>> axes, Shape in, Shape out) {
    this.axes = axes;
    this.in = in.strides();
    this.out = out.strides();
    this.samples = in.size(0);
  }

  /** The windows of a geometry. */
  public static WindowNests of(WindowGeometry geometry, Shape in, Shape out) {
    List<List<AxisRun>> axes = new ArrayList<>();
    for (int axis = 0; axis < geometry.rank(); axis++) {
      List<AxisRun> runs = new ArrayList<>();
      for (int o = 0; o < out.size(axis + 1); o++) {
        add(runs, run(geometry, axis, in.size(axis + 1), o));
      }
      axes.add(runs);
    }
    return new WindowNests(axes, in, out);
  }

  private static AxisRun run(WindowGeometry geometry, int axis, int size, int o) {
    int step = geometry.dilation().get(axis);
    int start = o * geometry.stride().get(axis) - geometry.before().get(axis);
    int first = start < 0 ? (-start + step - 1) / step : 0;
    int end = end(geometry.kernel().get(axis), size - start, step);
    int padded = end(geometry.kernel().get(axis), size + geometry.after().get(axis) - start, step);
    RunSize counts = new RunSize(Math.max(0, end - first), padded, step);
    return new AxisRun(o, 1, start + first * step, 0, first, counts);
  }

  /** How many of a window's elements lie in so much room. */
  private static int end(int kernel, int room, int step) {
    return Math.min(kernel, room <= 0 ? 0 : (room + step - 1) / step);
  }

  /** Adds a run, joined with the last one where it carries that on. */
  static void add(List<AxisRun> runs, AxisRun more) {
    int last = runs.size() - 1;
    if (more.size.inside == 0) {
      return;
    }
    if (last >= 0 && runs.get(last).continues(more)) {
      runs.set(last, runs.get(last).with(more));
    } else {
      runs.add(more);
    }
  }

  /**
   * The products of windows with a weight (kernel…, …).
   *
   * @param channels loops over the channels of output, input and weight
   */
  public List<LoopNest> products(Shape weight, List<Loop> channels) {
    int[] steps = weight.strides();
    return nests(
        runs -> {
          int start = 0;
          for (int axis = 0; axis < axes.size(); axis++) {
            start += runs.get(axis).kernel * steps[axis];
          }
          return nest(runs, steps, channels).from(out(runs), in(runs), start);
        });
  }

  /** The members of each window, channel by channel. */
  List<LoopNest> members(int channels) {
    List<Loop> loops = List.of(Loop.of(channels, 1, 1));
    return nests(
        runs ->
            LoopNest.plain(nest(runs, new int[axes.size()], loops).loops())
                .from(out(runs), in(runs), 0));
  }

  /** The table of shares: entry {@code n − 1} is {@code 1/n}. */
  static Tensor shares(int most) {
    double[] shares = IntStream.rangeClosed(1, most).mapToDouble(n -> 1.0 / n).toArray();
    return Tensor.ofDoubles(Shape.of(most), DType.FLOAT64, shares);
  }

  /**
   * The same with the share of each member, entry {@code n − 1} of a table for {@code n} of them.
   */
  List<LoopNest> shares(boolean countPadding, int channels) {
    List<Loop> loops = List.of(Loop.of(channels, 1, 1));
    return nests(
        runs -> {
          int count = 1;
          for (AxisRun run : runs) {
            count *= countPadding ? run.size.padded : run.size.inside;
          }
          return nest(runs, new int[axes.size()], loops).from(out(runs), in(runs), count - 1);
        });
  }

  private List<LoopNest> nests(java.util.function.Function<List<AxisRun>, LoopNest> make) {
    List<List<AxisRun>> combined = List.of(List.of());
    for (List<AxisRun> runs : axes) {
      combined =
          combined.stream().flatMap(before -> runs.stream().map(run -> with(before, run))).toList();
    }
    return combined.stream().map(make).toList();
  }

  private static List<AxisRun> with(List<AxisRun> before, AxisRun run) {
    List<AxisRun> more = new ArrayList<>(before);
    more.add(run);
    return more;
  }

  private LoopNest nest(List<AxisRun> runs, int[] kernelSteps, List<Loop> channels) {
    List<Loop> loops = new ArrayList<>(List.of(Loop.of(samples, out[0], in[0], 0)));
    for (int axis = 0; axis < runs.size(); axis++) {
      AxisRun run = runs.get(axis);
      loops.add(Loop.of(run.outs, out[axis + 1], run.next * in[axis + 1], 0));
    }
    for (int axis = 0; axis < runs.size(); axis++) {
      RunSize size = runs.get(axis).size;
      loops.add(Loop.of(size.inside, 0, size.step * in[axis + 1], kernelSteps[axis]));
    }
    loops.addAll(channels);
    return LoopNest.of(loops);
  }

  private int out(List<AxisRun> runs) {
    int start = 0;
    for (int axis = 0; axis < runs.size(); axis++) {
      start += runs.get(axis).out * out[axis + 1];
    }
    return start;
  }

  private int in(List<AxisRun> runs) {
    int start = 0;
    for (int axis = 0; axis < runs.size(); axis++) {
      start += runs.get(axis).in * in[axis + 1];
    }
    return start;
  }
}
