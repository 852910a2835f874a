package dev.axiomml.core.property;

import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.error.ModelException;
import java.util.OptionalInt;

/**
 * An output kind at run time: its name and, for classifiers, how many classes.
 *
 * @param <O> the kind as a type
 * @param name {@code output}, {@code scores} or {@code probabilities}
 * @param classes size of the last axis, where the kind states it
 */
// The parameter is only for the compiler: it keeps properties away from outputs they do not fit.
@SuppressWarnings("UnusedTypeParameter")
public record OutputKind<O extends Output>(String name, OptionalInt classes) {
  /** Refuses less than one class. */
  public OutputKind {
    if (classes.isPresent() && classes.getAsInt() < 1) {
      throw new ModelException(
          new Diagnosis(
              name + "(" + classes.getAsInt() + ")",
              "the output's kind",
              "a classifier has at least 1 class",
              "write how many classes the last layer has, e.g. " + name + "(10)"));
    }
  }

  /** Any output. */
  public static final OutputKind<Output> OUTPUT = new OutputKind<>("output", OptionalInt.empty());

  /** A distribution over a number of classes. */
  public static OutputKind<Probabilities> probabilities(int classes) {
    return new OutputKind<>("probabilities", OptionalInt.of(classes));
  }

  /** Raw scores for a number of classes. */
  public static OutputKind<Scores> scores(int classes) {
    return new OutputKind<>("scores", OptionalInt.of(classes));
  }

  /** Whether the output claims to be a distribution. */
  public boolean isDistribution() {
    return name.equals("probabilities");
  }
}
