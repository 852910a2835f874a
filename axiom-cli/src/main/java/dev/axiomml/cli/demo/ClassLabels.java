package dev.axiomml.cli.demo;

import dev.axiomml.core.tensor.Tensor;

/** Answers of classifiers. */
public final class ClassLabels {
  private ClassLabels() {}

  /** The class of one sample: the index of its largest output. */
  static int of(Tensor outputs, int sample) {
    int width = outputs.shape().size(-1);
    int best = 0;
    for (int i = 1; i < width; i++) {
      best =
          outputs.doubleAt(sample * width + i) > outputs.doubleAt(sample * width + best) ? i : best;
    }
    return best;
  }

  /** The largest difference between elements at the same place. */
  public static double distance(Tensor a, Tensor b) {
    double largest = 0;
    for (int i = 0; i < a.size(); i++) {
      largest = Math.max(largest, Math.abs(a.doubleAt(i) - b.doubleAt(i)));
    }
    return largest;
  }
}
