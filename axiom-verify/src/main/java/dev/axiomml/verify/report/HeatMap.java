package dev.axiomml.verify.report;

import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.Locale;

/** An image of one or three channels as a small drawing, channels-last, its range stretched. */
final class HeatMap {
  private static final int SIDE = 64;
  private final Tensor image;
  private final double low;
  private final double high;

  private HeatMap(Tensor image, double low, double high) {
    this.image = image;
    this.low = low;
    this.high = high;
  }

  /** Whether a tensor (1, height, width, 1 or 3) can be drawn small. */
  static boolean fits(Tensor tensor) {
    Shape shape = tensor.shape();
    return shape.rank() == 4
        && shape.size(0) == 1
        && shape.size(1) > 1
        && shape.size(2) > 1
        && Math.max(shape.size(1), shape.size(2)) <= SIDE
        && (shape.size(3) == 1 || shape.size(3) == 3);
  }

  /** A drawing from darkest at {@code low} to brightest at {@code high}. */
  static void draw(SafeMarkup page, String title, Tensor image, double[] ends) {
    HeatMap map = new HeatMap(image, ends[0], ends[1]);
    int height = image.shape().size(1);
    int width = image.shape().size(2);
    page.raw("<figure><svg viewBox=\"0 0 " + width + " " + height + "\" role=\"img\">");
    page.element("title", title);
    for (int pixel = 0; pixel < width * height; pixel++) {
      page.raw(
          "<rect x=\"%d\" y=\"%d\" width=\"1.02\" height=\"1.02\" fill=\"%s\"/>"
              .formatted(pixel % width, pixel / width, map.colour(pixel)));
    }
    page.raw("</svg>").element("figcaption", title).raw("</figure>\n");
  }

  /** The least and the largest element. */
  static double[] ends(Tensor tensor) {
    double[] ends = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int i = 0; i < tensor.size(); i++) {
      ends[0] = Math.min(ends[0], tensor.doubleAt(i));
      ends[1] = Math.max(ends[1], tensor.doubleAt(i));
    }
    return ends;
  }

  private String colour(int pixel) {
    int channels = image.shape().size(3);
    int[] levels = new int[3];
    for (int c = 0; c < 3; c++) {
      levels[c] = level(image.doubleAt(pixel * channels + (channels == 3 ? c : 0)));
    }
    return String.format(Locale.ROOT, "#%02x%02x%02x", levels[0], levels[1], levels[2]);
  }

  private int level(double value) {
    double share = high > low ? (value - low) / (high - low) : 0;
    return Double.isNaN(share) ? 0 : (int) Math.round(255 * Math.max(0, Math.min(1, share)));
  }
}
