package dev.axiomml.interop.onnx.rules.ml;

import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;

/** The questions of decision trees, in the order of their numbers. */
enum TreeQuestion {
  /** At most. */
  LEQ,
  /** Less. */
  LT,
  /** At least. */
  GTE,
  /** Greater. */
  GT,
  /** Equal. */
  EQ,
  /** Not equal, as NaN is to everything. */
  NEQ;

  /** By its name in a file: {@code BRANCH_LEQ}. */
  static Optional<TreeQuestion> named(String name) {
    return Stream.of(values()).filter(split -> name.equals("BRANCH_" + split)).findFirst();
  }

  /** The question for a bound. */
  DoublePredicate at(double bound) {
    return switch (this) {
      case LEQ -> x -> x <= bound;
      case LT -> x -> x < bound;
      case GTE -> x -> x >= bound;
      case GT -> x -> x > bound;
      case EQ -> x -> x == bound;
      case NEQ -> x -> x != bound;
    };
  }
}
