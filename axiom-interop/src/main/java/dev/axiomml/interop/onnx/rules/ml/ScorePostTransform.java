package dev.axiomml.interop.onnx.rules.ml;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Functions of the scores of a row, in the order of their numbers. */
enum ScorePostTransform {
  /** As they are. */
  NONE,
  /** Shares of one. */
  SOFTMAX,
  /** Each by itself between 0 and 1. */
  LOGISTIC,
  /** Shares of one among those that are not zero; zeros stay. */
  SOFTMAX_ZERO,
  /** Each by the inverse of the normal distribution, as {@link #probit} says. */
  PROBIT;

  private static final double WINITZKI = 0.147;

  /** The constants of Winitzki's formula. */
  static final double PROBIT_SHIFT = 2 / (Math.PI * WINITZKI);

  static final double PROBIT_RATE = 1 / WINITZKI;

  /** By its name in a file. */
  static Optional<ScorePostTransform> named(String name) {
    return Stream.of(values()).filter(ending -> ending.name().equals(name)).findFirst();
  }

  double[] of(double[] scores) {
    return switch (this) {
      case NONE -> scores;
      case LOGISTIC -> Arrays.stream(scores).map(ScorePostTransform::logistic).toArray();
      case SOFTMAX -> shares(scores, false);
      case SOFTMAX_ZERO -> shares(scores, true);
      case PROBIT -> Arrays.stream(scores).map(ScorePostTransform::probit).toArray();
    };
  }

  static double logistic(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /**
   * The inverse of the normal distribution, by Winitzki's formula for the inverse error function as
   * ONNX Runtime has it, off by up to 2e-3 relative; NaN beyond 0 and 1.
   */
  static double probit(double share) {
    double turned = 2 * share - 1;
    double log = StrictMath.log(1 - turned * turned);
    double middle = 0.5 * log + PROBIT_SHIFT;
    double root = Math.sqrt(Math.sqrt(middle * middle - PROBIT_RATE * log) - middle);
    return Math.sqrt(2) * Math.signum(turned) * root;
  }

  private static double[] shares(double[] scores, boolean zerosStay) {
    double most = Arrays.stream(scores).max().orElse(0);
    double[] y =
        Arrays.stream(scores)
            .map(x -> zerosStay && x == 0 ? 0 : StrictMath.exp(x - most))
            .toArray();
    double sum = Arrays.stream(y).sum();
    return Arrays.stream(y).map(v -> v / sum).toArray();
  }
}
