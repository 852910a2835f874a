package dev.axiomml.interop.onnx;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Functions of the scores of a row, in the order of their numbers. */
enum Ending {
  /** As they are. */
  NONE,
  /** Shares of one. */
  SOFTMAX,
  /** Each by itself between 0 and 1. */
  LOGISTIC,
  /** Shares of one among those that are not zero; zeros stay. */
  SOFTMAX_ZERO;

  /** By its name in a file. */
  static Optional<Ending> named(String name) {
    return Stream.of(values()).filter(ending -> ending.name().equals(name)).findFirst();
  }

  double[] of(double[] scores) {
    return switch (this) {
      case NONE -> scores;
      case LOGISTIC -> Arrays.stream(scores).map(Ending::logistic).toArray();
      case SOFTMAX -> shares(scores, false);
      case SOFTMAX_ZERO -> shares(scores, true);
    };
  }

  static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double[] shares(double[] scores, boolean zerosStay) {
    double most = Arrays.stream(scores).max().orElse(0);
    double[] y =
        Arrays.stream(scores).map(x -> zerosStay && x == 0 ? 0 : Math.exp(x - most)).toArray();
    double sum = Arrays.stream(y).sum();
    return Arrays.stream(y).map(v -> v / sum).toArray();
  }
}
