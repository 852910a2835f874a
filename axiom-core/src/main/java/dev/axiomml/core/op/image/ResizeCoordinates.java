package dev.axiomml.core.op.image;

/**
 * Where a position of a resized axis lies on the original one; ONNX's names.
 *
 * <p>PyTorch's {@code interpolate} is {@link #ALIGN_CORNERS} with that argument, {@link
 * #HALF_PIXEL} without it, and {@link #ASYMMETRIC} for plain nearest.
 */
public enum ResizeCoordinates {
  /** Pixels are squares, the outer edges of both rows of them coincide. */
  HALF_PIXEL {
    @Override
    double source(int at, Axis axis) {
      return axis.scaled(at + 0.5) - 0.5;
    }
  },
  /** As half pixels, but a single output pixel takes the first input pixel. */
  PYTORCH_HALF_PIXEL {
    @Override
    double source(int at, Axis axis) {
      return axis.out > 1 ? HALF_PIXEL.source(at, axis) : 0;
    }
  },
  /** Half pixels about the centre, for scales that do not give a whole number of pixels. */
  HALF_PIXEL_SYMMETRIC {
    @Override
    double source(int at, Axis axis) {
      double adjustment = Double.isNaN(axis.scale) ? 1 : axis.out / (axis.scale * axis.in);
      return axis.in / 2.0 * (1 - adjustment) + HALF_PIXEL.source(at, axis);
    }
  },
  /**
   * The first and the last pixels of both coincide; the last one lies beyond a row that a scale cut
   * to a whole number of pixels.
   */
  ALIGN_CORNERS {
    @Override
    double source(int at, Axis axis) {
      double out = Double.isNaN(axis.scale) ? axis.out : axis.in * axis.scale;
      return axis.out > 1 ? at * (axis.in - 1) / (out - 1) : 0;
    }
  },
  /** The first pixels of both coincide. */
  ASYMMETRIC {
    @Override
    double source(int at, Axis axis) {
      return axis.scaled(at);
    }
  },
  /** Half pixels without the half taken back, as TensorFlow's nearest neighbour has it. */
  TF_HALF_PIXEL_FOR_NN {
    @Override
    double source(int at, Axis axis) {
      return axis.scaled(at + 0.5);
    }
  };

  /**
   * An axis being resized.
   *
   * @param in its size
   * @param out its new size
   * @param scale the factor that coordinates use; NaN for {@code out / in}
   */
  record Axis(int in, int out, double scale) {
    /** A position divided by the scale, with one rounding where the scale is out / in. */
    double scaled(double at) {
      return Double.isNaN(scale) ? at * in / out : at / scale;
    }

    double factor() {
      return Double.isNaN(scale) ? (double) out / in : scale;
    }
  }

  abstract double source(int at, Axis axis);
}
