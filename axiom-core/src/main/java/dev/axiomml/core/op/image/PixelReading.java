package dev.axiomml.core.op.image;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How an image is read at a position between its pixels.
 *
 * <p>Positions count pixels: 0 is the centre of the first one; one that is not finite reads NaN.
 * Cubic weights are those of Keys 1981 with −0.75, as ONNX and PyTorch have them.
 *
 * @param mode how many pixels blend
 * @param border what lies outside of the image
 */
public record PixelReading(Mode mode, Border border) {
  private static final double CUBIC = -0.75;

  /** How many pixels blend. */
  public enum Mode {
    /** The nearest one, of two equally near the even one. */
    NEAREST(1),
    /** The two around the position along each axis, by distance. */
    LINEAR(2),
    /** The four around the position along each axis. */
    CUBIC(4);

    private final int per;

    Mode(int per) {
      this.per = per;
    }
  }

  /** What lies outside of the image. */
  public enum Border {
    /** Zeros. */
    ZEROS,
    /** The nearest pixel. */
    CLAMP,
    /** The image mirrored about the centres of its outer pixels. */
    MIRROR_CENTRES,
    /** The image mirrored about the edges of its outer pixels. */
    MIRROR_EDGES
  }

  /** Pixels of an axis and their weights; −1 for a zero outside. */
  record Axis(int[] index, double[] weight) {}

  /** How many pixels of an axis one position reads. */
  int per() {
    return mode.per;
  }

  /** What a position of an axis of a size reads. */
  Axis axis(double position, int size) {
    if (!Double.isFinite(position)) {
      double[] unknown = new double[per()];
      Arrays.fill(unknown, Double.NaN);
      return new Axis(new int[per()], unknown);
    }
    double at = moved(mode == Mode.NEAREST ? Math.rint(position) : position, size);
    double first = mode == Mode.NEAREST ? at : Math.floor(at) - (per() / 2 - 1);
    Axis axis = new Axis(new int[per()], weights(at - Math.floor(at)));
    for (int k = 0; k < per(); k++) {
      axis.index[k] = pixel(first + k, size);
    }
    return axis;
  }

  private double[] weights(double t) {
    return switch (mode) {
      case NEAREST -> new double[] {1};
      case LINEAR -> new double[] {1 - t, t};
      case CUBIC -> DoubleStream.of(1 + t, t, 1 - t, 2 - t).map(x -> cubic(CUBIC, x)).toArray();
    };
  }

  /** The cubic weight at a distance from 0: Keys 1981, equation 4, with any slope at 1. */
  static double cubic(double slope, double x) {
    if (x <= 1) {
      return ((slope + 2) * x - (slope + 3)) * x * x + 1;
    }
    return x < 2 ? slope * (((x - 5) * x + 8) * x - 4) : 0;
  }

  private double edge() {
    return border == Border.MIRROR_CENTRES ? 0 : -0.5;
  }

  /** A position outside moved to where it reads the same. */
  private double moved(double at, int size) {
    boolean inside = at >= edge() && at <= size - 1 - edge();
    boolean free = border == Border.CLAMP && mode == Mode.CUBIC; // its four pixels are clamped
    return switch (inside || free ? Border.ZEROS : border) {
      case ZEROS -> at;
      case CLAMP -> Math.max(0, Math.min(size - 1.0, at));
      case MIRROR_CENTRES, MIRROR_EDGES -> mirrored(at, size);
    };
  }

  private double mirrored(double at, int size) {
    double low = edge();
    double range = size - 1 - 2 * low;
    if (range == 0) {
      return low;
    }
    double far = Math.abs(at - low) % (2 * range);
    return low + (far <= range ? far : 2 * range - far);
  }

  private int pixel(double at, int size) {
    if (at >= 0 && at < size) {
      return (int) at;
    }
    return switch (border) {
      case ZEROS -> -1;
      case CLAMP -> at < 0 ? 0 : size - 1;
      case MIRROR_CENTRES, MIRROR_EDGES ->
          (int) Math.max(0, Math.min(size - 1.0, mirrored(at, size)));
    };
  }
}
