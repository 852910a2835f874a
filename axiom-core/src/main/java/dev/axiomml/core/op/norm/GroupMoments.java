package dev.axiomml.core.op.norm;

/**
 * Mean and deviation of a group.
 *
 * @param mean what is taken off
 * @param deviation √(v + ε)
 */
record GroupMoments(double mean, double deviation) {
  static GroupMoments of(double[] x, int[] at, NormOp op) {
    double sum = 0;
    for (int i : at) {
      sum += x[i];
    }
    double mean = op.centred() ? sum / at.length : 0;
    double squares = 0;
    for (int i : at) {
      squares += (x[i] - mean) * (x[i] - mean);
    }
    return new GroupMoments(mean, Math.sqrt(squares / at.length + op.epsilon()));
  }

  double norm(double x) {
    return (x - mean) / deviation;
  }
}
