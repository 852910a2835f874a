package dev.axiomml.core.op.window;

import dev.axiomml.core.tensor.Shape;

/**
 * Walks all windows of a geometry over a channels-last tensor, a kernel row at a time.
 *
 * <p>Positions count pixels: elements divided by channels. Rows that lie in the padding are left
 * out, rows that overlap it are cut.
 */
public final class WindowWalk {
  private final WindowGeometry geometry;
  private final int[] in;
  private final int[] out;
  private final Row row;
  private final int last;

  /** Receives the part of a kernel row that lies inside the input. */
  @FunctionalInterface
  public interface Row {
    /**
     * Output pixel, first input pixel, first kernel element, and how many elements (input pixels
     * lie a dilation apart).
     */
    void row(int out, int in, int kernel, int count);
  }

  private WindowWalk(WindowGeometry geometry, int[] in, int[] out, Row row) {
    this.geometry = geometry;
    this.in = in;
    this.out = out;
    this.row = row;
    this.last = geometry.rank() - 1;
  }

  /** Walks from an input shape (batch, spatial…, channels) to an output shape of the same batch. */
  public static void rows(WindowGeometry geometry, Shape in, Shape out, Row row) {
    int rank = geometry.rank();
    WindowWalk walk =
        new WindowWalk(geometry, in.sub(1, rank + 1).sizes(), out.sub(1, rank + 1).sizes(), row);
    int inVolume = in.sub(1, rank + 1).count();
    int outVolume = out.sub(1, rank + 1).count();
    for (int sample = 0; sample < in.size(0); sample++) {
      walk.outputs(0, sample * outVolume, sample * inVolume, new int[rank]);
    }
  }

  /**
   * All outputs below an axis; {@code outBase} is the output pixel, {@code inBase} the first input
   * pixel of the sample.
   */
  private void outputs(int axis, int outBase, int inBase, int[] at) {
    if (axis > last) {
      kernels(0, new int[] {outBase, inBase, 0}, at);
      return;
    }
    int below = volume(out, axis + 1);
    for (int i = 0; i < out[axis]; i++) {
      at[axis] = i;
      outputs(axis + 1, outBase + i * below, inBase, at);
    }
  }

  private void kernels(int axis, int[] position, int[] at) {
    int start = at[axis] * geometry.stride().get(axis) - geometry.before().get(axis);
    int step = geometry.dilation().get(axis);
    int first = start < 0 ? (-start + step - 1) / step : 0;
    int end =
        Math.min(
            geometry.kernel().get(axis),
            start >= in[axis] ? 0 : (in[axis] - start + step - 1) / step);
    if (axis == last) {
      if (first < end) {
        row.row(position[0], position[1] + start + first * step, position[2] + first, end - first);
      }
      return;
    }
    int inBelow = volume(in, axis + 1);
    int kernelBelow = kernelVolume(axis + 1);
    for (int k = first; k < end; k++) {
      int[] next = {
        position[0], position[1] + (start + k * step) * inBelow, position[2] + k * kernelBelow
      };
      kernels(axis + 1, next, at);
    }
  }

  private static int volume(int[] sizes, int from) {
    int volume = 1;
    for (int axis = from; axis < sizes.length; axis++) {
      volume *= sizes[axis];
    }
    return volume;
  }

  private int kernelVolume(int from) {
    int volume = 1;
    for (int axis = from; axis <= last; axis++) {
      volume *= geometry.kernel().get(axis);
    }
    return volume;
  }
}
