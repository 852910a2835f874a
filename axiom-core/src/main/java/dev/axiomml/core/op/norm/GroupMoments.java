package dev.axiomml.core.op.norm;

import java.util.Arrays;

/**
 * Means and deviations of all groups.
 *
 * @param mean what is taken off each group
 * @param deviation √(v + ε) of each
 */
record GroupMoments(NormGroups groups, double[] mean, double[] deviation) {
  static GroupMoments of(double[] x, NormGroups groups, NormOp op) {
    double[] mean = groups.mean(x);
    Arrays.setAll(mean, group -> op.centred() ? mean[group] : 0);
    double[] off = new double[x.length];
    Arrays.setAll(off, i -> x[i] - mean[groups.group(i)]);
    double[] deviation = groups.mean(off, off);
    Arrays.setAll(deviation, group -> Math.sqrt(deviation[group] + op.epsilon()));
    return new GroupMoments(groups, mean, deviation);
  }

  double[] normed(double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      int group = groups.group(i);
      y[i] = (x[i] - mean[group]) / deviation[group];
    }
    return y;
  }
}
