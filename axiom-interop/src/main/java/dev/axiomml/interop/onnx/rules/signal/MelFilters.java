package dev.axiomml.interop.onnx.rules.signal;

import dev.axiomml.core.ir.Value;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.interop.onnx.node.OnnxNodeContext;
import java.util.List;

/**
 * Triangles over the bins of a spectrum, evenly spaced on the mel scale.
 *
 * @param bands how many triangles
 * @param length positions of the transform
 * @param rate samples a second
 */
record MelFilters(int bands, int length, int rate) {
  static List<Value> emit(OnnxNodeContext at) {
    MelFilters filters = new MelFilters(whole(at, 0), whole(at, 1), whole(at, 2));
    double low = mel(at.require(3).doubleAt(0));
    double high = mel(at.require(4).doubleAt(0));
    Tensor table = filters.table(low, (high - low) / (filters.bands + 2));
    return List.of(at.constant(table.to(SignalRules.datatype(at))));
  }

  private static int whole(OnnxNodeContext at, int i) {
    return Math.toIntExact(at.require(i).longAt(0));
  }

  private static double mel(double hertz) {
    return 2595 * StrictMath.log1p(hertz / 700) / StrictMath.log(10);
  }

  /** The bin of a place on the mel scale. */
  private int bin(double mel) {
    double hertz = 700 * StrictMath.expm1(mel / 2595 * StrictMath.log(10));
    return (int) Math.floor((length + 1) * hertz / rate);
  }

  private Tensor table(double low, double step) {
    int bins = length / 2 + 1;
    double[] table = new double[bins * bands];
    for (int band = 0; band < bands; band++) {
      int left = bin(low + band * step);
      int middle = bin(low + (band + 1) * step);
      int right = bin(low + (band + 2) * step);
      for (int bin = Math.max(0, left); bin < Math.min(bins, Math.max(right, middle + 1)); bin++) {
        table[bin * bands + band] = height(bin, left, middle, right);
      }
    }
    return Tensor.ofDoubles(Shape.of(bins, bands), DType.FLOAT64, table);
  }

  /** One at the middle, falling to nothing at both ends; a side of no width is a step. */
  private static double height(int bin, int left, int middle, int right) {
    if (bin < middle) {
      return (double) (bin - left) / (middle - left);
    }
    return bin == middle ? 1 : (double) (right - bin) / (right - middle);
  }
}
