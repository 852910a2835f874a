package dev.axiomml.core.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A box of coordinates that lies with given steps in several tensors at once, told as long lines.
 *
 * <p>Axes that lie behind one another in every tensor are joined, so that what is contiguous
 * becomes one line.
 */
public final class StridedGrid {
  private static final int SHORT = 8;

  private final List<Axis> axes;
  private final int[] starts;

  private record Axis(int size, int[] steps) {
    /** Whether the next axis fills exactly one step of this one, in every tensor. */
    boolean joins(Axis next) {
      return Arrays.equals(steps, Arrays.stream(next.steps).map(s -> s * next.size).toArray());
    }
  }

  /** Receives lines. */
  @FunctionalInterface
  public interface Line {
    /** First element and step in each tensor, and how many; the arrays are used again. */
    void line(int[] at, int[] step, int n);
  }

  private StridedGrid(List<Axis> axes, int[] starts) {
    this.axes = axes;
    this.starts = starts;
  }

  /** A box of sizes, with one array of steps for each tensor. */
  public static StridedGrid of(int[] sizes, int[]... steps) {
    List<Axis> axes = new ArrayList<>();
    for (int axis = 0; axis < sizes.length; axis++) {
      int at = axis;
      join(axes, new Axis(sizes[at], Arrays.stream(steps).mapToInt(s -> s[at]).toArray()));
    }
    if (axes.isEmpty()) {
      axes.add(new Axis(1, new int[steps.length]));
    }
    return new StridedGrid(longLast(axes), new int[steps.length]);
  }

  private static void join(List<Axis> axes, Axis next) {
    if (next.size == 1) {
      return;
    }
    Axis before = axes.isEmpty() ? next : axes.get(axes.size() - 1);
    if (!axes.isEmpty() && before.joins(next)) {
      axes.set(axes.size() - 1, new Axis(before.size * next.size, next.steps));
    } else {
      axes.add(next);
    }
  }

  /** A short last axis makes many short lines: then the longest axis becomes the line. */
  private static List<Axis> longLast(List<Axis> axes) {
    Axis line = axes.get(axes.size() - 1);
    if (line.size < SHORT) {
      for (Axis axis : axes) {
        line = axis.size > line.size ? axis : line;
      }
    }
    axes.remove(line);
    axes.add(line);
    return axes;
  }

  /** The same box with another first element in each tensor. */
  public StridedGrid from(int... first) {
    return new StridedGrid(axes, first);
  }

  /** Visits every line. */
  public void each(Line line) {
    if (axes.stream().allMatch(axis -> axis.size > 0)) {
      visit(0, starts.clone(), line);
    }
  }

  /** Lines of weight exactly one, the first tensor being the output and the second the input. */
  public void move(TapReceiver taps) {
    each((at, step, n) -> taps.line(at[0], step[0], at[1], step[1], n, -1, 0));
  }

  private void visit(int depth, int[] at, Line line) {
    Axis axis = axes.get(depth);
    if (depth == axes.size() - 1) {
      line.line(at, axis.steps, axis.size);
      return;
    }
    for (int i = 0; i < axis.size; i++) {
      visit(depth + 1, at, line);
      advance(at, axis.steps, 1);
    }
    advance(at, axis.steps, -axis.size);
  }

  private static void advance(int[] at, int[] steps, int times) {
    for (int i = 0; i < at.length; i++) {
      at[i] += steps[i] * times;
    }
  }
}
