package dev.axiomml.interop.onnx.rules.image;

import dev.axiomml.core.tensor.RuntimeValue;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.NodeAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Regions of images pooled to one size from points between the pixels. */
final class RoiPool {
  private final double[] image;
  private final Shape shape;
  private final boolean largest;

  /** A row of evenly spaced points along an axis of a region's part. */
  private record Points(double start, double step, int count) {}

  private RoiPool(Tensor image, boolean largest) {
    this.image = image.toDoubles();
    this.shape = image.shape();
    this.largest = largest;
  }

  static List<RuntimeValue> run(
      NodeAttributes settings, List<Optional<RuntimeValue>> in, boolean half) {
    Tensor x = in.get(0).orElseThrow().tensor();
    Tensor rois = in.get(1).orElseThrow().tensor();
    Tensor samples = in.get(2).orElseThrow().tensor();
    int[] size = {settings.integer("output_height", 1), settings.integer("output_width", 1)};
    double scale = settings.number("spatial_scale", 1);
    int ratio = settings.integer("sampling_ratio", 0);
    RoiPool pool = new RoiPool(x, settings.text("mode", "avg").equals("max"));
    int channels = x.shape().size(1);
    Shape out = Shape.of(rois.shape().size(0), channels, size[0], size[1]);
    double[] y = new double[out.count()];
    for (int i = 0; i < y.length; i++) {
      int roi = i / (channels * size[0] * size[1]);
      int plane =
          Math.toIntExact(samples.longAt(roi)) * channels + i / (size[0] * size[1]) % channels;
      int[] part = {i / size[1] % size[0], i % size[1]};
      Points[] points = new Points[2];
      for (int axis = 0; axis < 2; axis++) {
        double from = rois.doubleAt(roi * 4 + 1 - axis) * scale - (half ? 0.5 : 0);
        double to = rois.doubleAt(roi * 4 + 3 - axis) * scale - (half ? 0.5 : 0);
        double width = half ? to - from : Math.max(1, to - from);
        double bin = width / size[axis];
        int count = ratio > 0 ? ratio : (int) Math.ceil(bin);
        points[axis] = new Points(from + part[axis] * bin, bin / count, count);
      }
      y[i] = pool.pooled(plane, points[0], points[1]);
    }
    return List.of(Tensor.ofDoubles(out, x.dtype(), y));
  }

  private double pooled(int plane, Points rows, Points columns) {
    double sum = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < rows.count * columns.count; i++) {
      double row = rows.start + (Math.floorDiv(i, columns.count) + 0.5) * rows.step;
      double[] four = around(plane, row, columns.start + (i % columns.count + 0.5) * columns.step);
      sum += Arrays.stream(four).sum();
      most = Math.max(most, Arrays.stream(four).max().orElse(most));
    }
    int count = rows.count * columns.count;
    return largest ? (count <= 0 ? 0 : most) : sum / Math.max(1, count);
  }

  /** The four weighted pixels around a point; zeros more than a pixel outside. */
  private double[] around(int plane, double row, double column) {
    int height = shape.size(2);
    int width = shape.size(3);
    if (!(row >= -1 && row <= height && column >= -1 && column <= width)) {
      return new double[4];
    }
    double y = Math.max(0, Math.min(height - 1.0, row));
    double x = Math.max(0, Math.min(width - 1.0, column));
    int top = (int) y;
    int left = (int) x;
    int below = Math.min(height - 1, top + 1);
    int right = Math.min(width - 1, left + 1);
    double down = y - top;
    double along = x - left;
    int at = plane * height;
    return new double[] {
      (1 - down) * (1 - along) * image[(at + top) * width + left],
      (1 - down) * along * image[(at + top) * width + right],
      down * (1 - along) * image[(at + below) * width + left],
      down * along * image[(at + below) * width + right]
    };
  }
}
