package dev.axiomml.interop.onnx.rules.ml;

import java.util.Arrays;

/**
 * Probabilities of classes from those of each two of them: the second method of Wu, Lin and Weng,
 * "Probability Estimates for Multi-class Classification by Pairwise Coupling" (2004), algorithm 2,
 * in float32 and with the limits of libsvm, which show in the third digit.
 */
final class PairCoupling {
  private static final int MOST_ROUNDS = 100;
  private static final float CLOSE = 0.005f;

  private final int classes;
  private final float[][] q;
  private final float[] p;
  private final float[] qp;

  private PairCoupling(int classes) {
    this.classes = classes;
    this.q = new float[classes][classes];
    this.p = new float[classes];
    this.qp = new float[classes];
    Arrays.fill(p, 1f / classes);
  }

  /**
   * The probability of each class.
   *
   * @param pairs of the first class of each pair, classes in their order, row by row
   */
  static float[] of(int classes, float[] pairs) {
    PairCoupling coupling = new PairCoupling(classes);
    coupling.fill(pairs);
    int round = 0;
    while (round < MOST_ROUNDS && coupling.step()) {
      round++;
    }
    return coupling.p;
  }

  /** Q of equation 21, from r of each class against each other. */
  private void fill(float[] pairs) {
    int pair = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = i + 1; j < classes; j++) {
        float first = pairs[pair++];
        float second = 1 - first;
        q[i][i] += second * second;
        q[j][j] += first * first;
        q[i][j] = -second * first;
        q[j][i] = q[i][j];
      }
    }
  }

  /** One round over the classes; false once they are close. */
  private boolean step() {
    float pqp = 0;
    for (int i = 0; i < classes; i++) {
      qp[i] = product(q[i]);
      pqp += p[i] * qp[i];
    }
    float worst = 0;
    for (float each : qp) {
      worst = Math.max(worst, Math.abs(each - pqp));
    }
    if (worst < CLOSE / classes) {
      return false;
    }
    for (int i = 0; i < classes; i++) {
      pqp = moved(i, pqp);
    }
    return true;
  }

  private float product(float[] row) {
    float sum = 0;
    for (int j = 0; j < classes; j++) {
      sum += row[j] * p[j];
    }
    return sum;
  }

  /** The probability of one class moved to where the others, as they are, want it. */
  private float moved(int i, float pqp) {
    float more = (pqp - qp[i]) / q[i][i];
    p[i] += more;
    float next = (pqp + more * (more * q[i][i] + 2 * qp[i])) / (1 + more) / (1 + more);
    for (int j = 0; j < classes; j++) {
      qp[j] = (qp[j] + more * q[i][j]) / (1 + more);
      p[j] /= 1 + more;
    }
    return next;
  }
}
