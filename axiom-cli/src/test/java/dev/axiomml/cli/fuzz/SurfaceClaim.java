package dev.axiomml.cli.fuzz;

import dev.axiomml.core.property.Region;
import dev.axiomml.verify.fuzz.ExactOracle.Truth;
import dev.axiomml.verify.fuzz.Sentence;
import dev.axiomml.verify.fuzz.Tally;
import dev.axiomml.verify.fuzz.Territory;
import dev.axiomml.verify.fuzz.Trial;
import java.util.List;
import java.util.Optional;

/**
 * A claim as it is typed, with what evaluation knows of it.
 *
 * @param theorem whether it is asked by {@code --prove}, else by {@code --ensure}
 * @param region as it is typed, with its quantifier; empty for a formula alone
 * @param formula as it is typed
 * @param sentence the formula as a tree, where it is about single samples
 * @param ground the inputs that it speaks of
 * @param rows the samples that it is tested on, run; none for a theorem
 */
record SurfaceClaim(
    boolean theorem,
    String region,
    String formula,
    Optional<Sentence> sentence,
    Ground ground,
    List<Trial> rows) {
  /** The inputs of a region, and some of them that were run. */
  record Ground(Territory territory, List<Trial> trials) {}

  /** Fewer trials than this say nothing of all. */
  private static final int MANY = 8;

  Territory territory() {
    return ground.territory();
  }

  private List<Trial> trials() {
    return ground.trials();
  }

  String typed() {
    return region + formula;
  }

  String option() {
    return theorem ? "--prove" : "--ensure";
  }

  boolean isPair() {
    return formula.contains("lipschitz");
  }

  boolean isSoftmax() {
    return formula.contains("softmax(x)");
  }

  boolean isDeclared() {
    return territory().region() instanceof Region.Declared;
  }

  /** An input of its region that breaks it. */
  Optional<Trial> fault() {
    return trials().stream().filter(this::breaks).findFirst();
  }

  /** A given sample that breaks it. */
  Optional<Trial> brokenRow() {
    return rows.stream().filter(this::breaks).findFirst();
  }

  /** Whether a given sample breaks it or is too close to tell. */
  boolean mayBeBrokenByRow() {
    return rows.stream().anyMatch(row -> !holds(row));
  }

  /** Whether each of many inputs breaks it, so that nobody who looks can miss one. */
  boolean isBrokenEverywhere() {
    return trials().size() >= MANY && trials().stream().allMatch(this::breaks);
  }

  boolean breaks(Trial trial) {
    return sentence.isPresent() && trial.oracle().of(sentence.get()) == Truth.FAILS;
  }

  boolean holds(Trial trial) {
    return sentence.isPresent() && trial.oracle().of(sentence.get()) == Truth.HOLDS;
  }

  /** Whether it may be refused: it multiplies elements with each other. */
  boolean mayBeRefused() {
    return sentence.filter(Tally::isNonlinear).isPresent();
  }
}
