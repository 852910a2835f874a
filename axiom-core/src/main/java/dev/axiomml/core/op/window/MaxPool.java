package dev.axiomml.core.op.window;

import dev.axiomml.core.op.SampleAxes;
import dev.axiomml.core.op.WindowOp;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The largest element of each window, channel by channel; padding never wins.
 *
 * <p>Shape: (N, spatial…, C) to (N, windows…, C).
 *
 * @param geometry the windows
 */
public record MaxPool(WindowGeometry geometry) implements WindowOp {
  @Override
  public Shape out(Shape in) {
    List<Dim> dims = new ArrayList<>(geometry.windows("max pool", in));
    dims.add(0, in.dim(0));
    dims.add(in.dim(-1));
    return new Shape(dims);
  }

  @Override
  public void windows(Shape in, Sink sink) {
    Shape out = out(in);
    int step = geometry.dilation().get(geometry.rank() - 1);
    Filling filling = new Filling(sink, in.size(-1), geometry.area());
    WindowWalk.rows(
        geometry,
        in,
        out,
        (pixel, from, k, count) -> {
          filling.upTo(pixel);
          for (int i = 0; i < count; i++) {
            filling.add(from + i * step);
          }
        });
    filling.upTo(out.sub(0, out.rank() - 1).count());
  }

  /** Collects a pixel's window and sends it once for each channel. */
  private static final class Filling {
    private final Sink sink;
    private final int channels;
    private final int[] members;
    private int pixel;
    private int count;

    Filling(Sink sink, int channels, int area) {
      this.sink = sink;
      this.channels = channels;
      this.members = new int[area];
    }

    void add(int inputPixel) {
      members[count++] = inputPixel * channels;
    }

    void upTo(int next) {
      while (pixel < next) {
        for (int c = 0; c < channels; c++) {
          send(c);
        }
        pixel++;
        count = 0;
      }
    }

    private void send(int channel) {
      sink.window(pixel * channels + channel, members, count);
      for (int i = 0; i < count; i++) {
        members[i]++;
      }
    }
  }

  @Override
  public OptionalInt rows(List<Type> in, SampleAxes samples) {
    return samples.first(in);
  }
}
