package dev.axiomml.verify.z3;

import dev.axiomml.core.tensor.Tensor;
import java.util.List;

/** Whether a formula holds for all inputs of a region, over the reals. */
public sealed interface SolverDecision {
  /** It holds for every one. */
  record Holds() implements SolverDecision {}

  /**
   * It is false for some input.
   *
   * @param inputs that input rounded to float32, which may have moved it: run it before you say so
   */
  record Fails(List<Tensor> inputs) implements SolverDecision {
    /** Copies the list. */
    public Fails {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * It was not decided.
   *
   * @param reason one sentence
   */
  record Undecided(String reason) implements SolverDecision {}
}
