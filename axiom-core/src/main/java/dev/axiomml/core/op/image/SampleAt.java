package dev.axiomml.core.op.image;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ShapeException;
import dev.axiomml.core.linear.Loop;
import dev.axiomml.core.linear.LoopNest;
import dev.axiomml.core.op.SumOp;
import dev.axiomml.core.op.SumTerm;
import dev.axiomml.core.op.common.CommonShapeRules;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Dim;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/**
 * An image read at known positions between its pixels.
 *
 * <p>Shape: (N, spatial…, C) to (N, out…, C).
 *
 * @param positions (N or 1, out…, axes), float, in pixels, one number for each spatial axis in the
 *     order of the axes
 * @param reading how a position is read
 */
public record SampleAt(Tensor positions, PixelReading reading) implements SumOp {
  /** Refuses positions that are no floats. */
  public SampleAt {
    if (!positions.dtype().isFloat() || positions.shape().rank() < 2) {
      throw new IllegalArgumentException(
          "positions are floats of shape (N, out…, axes), got " + positions);
    }
  }

  /** The shape of what is read. */
  static Shape out(Shape image, Shape positions) {
    int axes = image.rank() - 2;
    Dim samples = positions.dim(0);
    boolean fits =
        axes > 0
            && positions.dim(-1).matches(Dim.of(axes))
            && (samples.equals(Dim.ONE) || samples.matches(image.dim(0)));
    if (!fits) {
      throw new ShapeException(
          new Diagnosis(
              "image " + image + " read at positions " + positions,
              "",
              "an image (N, spatial…, C) is read at (N or 1, out…, number of spatial axes)",
              "give each position one number for each spatial axis"));
    }
    return CommonShapeRules.resized(image, positions.sub(1, positions.rank() - 1).dims());
  }

  @Override
  public Shape out(List<Shape> in) {
    return out(in.get(0), positions.shape());
  }

  @Override
  public int extraRoundings() {
    return 2;
  }

  /** How many pixels one position reads. */
  private int per(Shape image) {
    int per = 1;
    for (int axis = 2; axis < image.rank(); axis++) {
      per *= reading.per();
    }
    return per;
  }

  @Override
  public Tensor table(List<Shape> in) {
    Shape image = in.get(0);
    double[] table = new double[Math.multiplyExact(count(), per(image))];
    for (int at = 0; at < count(); at++) {
      visit(image, at, (pixel, place, weight) -> table[place] = weight);
    }
    return Tensor.ofDoubles(Shape.of(table.length), DType.FLOAT64, table);
  }

  @Override
  public List<SumTerm> terms(List<Shape> in) {
    Shape image = in.get(0);
    int channels = image.size(-1);
    int pixels = image.sub(1, image.rank() - 1).count();
    int lists = Math.max(1, positions.shape().size(0));
    int each = count() / lists;
    ReadPixels read = new ReadPixels();
    for (int at = 0; at < count(); at++) {
      int own = at;
      int sample = at / Math.max(1, each);
      visit(image, at, (pixel, place, weight) -> read.add(own, sample * pixels + pixel, place));
    }
    int samples = lists == 1 ? image.size(0) : 1;
    Loop batch = Loop.of(samples, each * channels, pixels * channels, 0);
    return List.of(
        SumTerm.own(
            0,
            List.of(LoopNest.of(List.of(batch, read.loop(channels), Loop.of(channels, 1, 1, 0))))));
  }

  private int count() {
    return positions.shape().sub(0, positions.shape().rank() - 1).count();
  }

  /** Receives a pixel, its place in the table and its weight. */
  @FunctionalInterface
  private interface Sink {
    void add(int pixel, int place, double weight);
  }

  /** All pixels inside the image that a position reads. */
  private void visit(Shape image, int at, Sink sink) {
    int axes = image.rank() - 2;
    PixelReading.Axis[] read = new PixelReading.Axis[axes];
    for (int axis = 0; axis < axes; axis++) {
      read[axis] = reading.axis(positions.doubleAt(at * axes + axis), image.size(axis + 1));
    }
    int per = per(image);
    for (int choice = 0; choice < per; choice++) {
      choose(image, read, choice, (pixel, k, weight) -> sink.add(pixel, at * per + k, weight));
    }
  }

  private void choose(Shape image, PixelReading.Axis[] read, int choice, Sink sink) {
    int pixel = 0;
    double weight = 1;
    int rest = choice;
    boolean inside = true;
    for (int axis = read.length - 1, step = 1; axis >= 0; axis--) {
      int k = rest % reading.per();
      rest /= reading.per();
      inside &= read[axis].index()[k] >= 0;
      pixel += read[axis].index()[k] * step;
      weight *= read[axis].weight()[k];
      step *= image.size(axis + 1);
    }
    if (inside && weight != 0) {
      sink.add(pixel, choice, weight);
    }
  }
}
