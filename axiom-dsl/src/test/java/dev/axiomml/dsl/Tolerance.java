package dev.axiomml.dsl;

import dev.axiomml.core.op.ScalarOp;
import dev.axiomml.core.tensor.Tensor;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;

/** How far two right float32 answers can lie apart, output by output. */
final class Tolerance {
  private static final double UNIT = 0x1p-24;
  private static final Set<String> AFFINE = Set.of("linear", "conv", "conv_transposed");
  private static final Set<String> EXACT = Set.of("MaxPool1d", "MaxPool2d", "MaxPool3d", "amax");

  private Tolerance() {}

  static double[] of(Case c, Function<Case, Tensor> rule) {
    String group = (String) c.json().get("group");
    if (ActivationCases.SCALARS.containsKey(c.layer())) {
      return scalar(c, ActivationCases.SCALARS.get(c.layer()).apply(c).op());
    }
    if (AFFINE.contains(group) && AffineCases.RULES.containsKey(c.layer())) {
      return affine(c, rule);
    }
    double[] tolerance = new double[c.output().size()];
    boolean exact = EXACT.contains(c.layer()) || ShapeCases.RULES.containsKey(c.layer());
    if (!exact) {
      relative(c, tolerance);
    }
    return tolerance;
  }

  /**
   * Both answers are within γₙ · (|W||x| + |b|) of the real one, n being the terms of a sum; the
   * bound is computed by running the layer on magnitudes. Higham 2002, section 3.1.
   */
  private static double[] affine(Case c, Function<Case, Tensor> rule) {
    Tensor weight = c.params().get("weight");
    double terms =
        (double) weight.size() / Math.min(weight.shape().size(0), weight.shape().size(1)) + 2;
    double[] bound = rule.apply(c.magnitudes()).toDoubles();
    return Arrays.stream(bound).map(b -> 2 * terms * UNIT * b).toArray();
  }

  /**
   * PyTorch's answer is float64 here, its settings too: ours is off by its own error, the final
   * rounding, and what the settings' one rounding to float32 moves the function by.
   */
  private static double[] scalar(Case c, ScalarOp op) {
    Tensor y = c.output64().orElseThrow();
    ScalarOp rounded = (ScalarOp) op.withSettings(setting -> (float) setting);
    double[] tolerance = new double[y.size()];
    for (int i = 0; i < tolerance.length; i++) {
      double v = Math.abs(y.doubleAt(i));
      double x = c.input(0).doubleAt(i);
      double moved = op.equals(rounded) ? 0 : Math.abs(op.value(x) - rounded.value(x));
      tolerance[i] =
          0.5001 * Math.ulp((float) v) + (op.accuracy().error() + 1e-14) * Math.max(v, 1) + moved;
    }
    return tolerance;
  }

  /** A hundred roundings of the largest value, the class of rtol 1e-5. */
  private static void relative(Case c, double[] tolerance) {
    double[] y = c.output().toDoubles();
    double scale = Arrays.stream(y).map(Math::abs).filter(v -> v < Float.MAX_VALUE).max().orElse(0);
    for (int i = 0; i < y.length; i++) {
      tolerance[i] = 64 * UNIT * Math.abs(y[i]) + 32 * UNIT * scale;
    }
  }
}
