package dev.axiomml.core.op.image;

import dev.axiomml.core.linear.Loop;
import java.util.Arrays;

/**
 * Pairs of an output pixel and a pixel that it reads, with the place of their weight in a table.
 */
final class ReadPixels {
  private int[] out = new int[16];
  private int[] in = new int[16];
  private int[] place = new int[16];
  private int count;

  void add(int outPixel, int inPixel, int weightPlace) {
    if (count == out.length) {
      out = Arrays.copyOf(out, 2 * count);
      in = Arrays.copyOf(in, 2 * count);
      place = Arrays.copyOf(place, 2 * count);
    }
    out[count] = outPixel;
    in[count] = inPixel;
    place[count++] = weightPlace;
  }

  /** The loop over all pairs, pixels being so many elements wide. */
  Loop loop(int channels) {
    return Loop.listed(
        Arrays.stream(out, 0, count).map(at -> at * channels).toArray(),
        Arrays.stream(in, 0, count).map(at -> at * channels).toArray(),
        Arrays.copyOf(place, count));
  }
}
