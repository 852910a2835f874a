package dev.axiomml.verify.z3;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.smt.SmtQuestion;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Exact answers for small networks of straight pieces, over the reals.
 *
 * <p>Up to about ten ReLUs whose sign is open it takes well under a second, from twenty on it may
 * take any time. Nothing is said of rounding.
 */
public final class ExactSolver {
  private ExactSolver() {}

  /**
   * Whether a formula holds for all inputs of a region.
   *
   * @param graph all sizes fixed, the batch one
   * @param formula of one sample: {@code ArgmaxStays} is resolved to a class before
   * @param region resolved, never {@code Declared}
   * @param limit for the solver
   */
  public static SolverDecision decide(Graph graph, Formula formula, Region region, Duration limit) {
    Optional<String> missing = Z3Solver.unavailable();
    if (missing.isPresent()) {
      return new SolverDecision.Undecided(missing.get());
    }
    SmtQuestion question = SmtQuestion.of(graph, formula, region);
    if (question.gap().isPresent()) {
      return new SolverDecision.Undecided(question.gap().get());
    }
    SolverAnswer answer = Z3Solver.decide(question.facts(), limit);
    if (answer instanceof SolverAnswer.Unsatisfiable) {
      return new SolverDecision.Holds();
    }
    return answer instanceof SolverAnswer.Satisfiable found
        ? new SolverDecision.Fails(inputs(graph, question, found.numbers()))
        : new SolverDecision.Undecided(((SolverAnswer.Undecided) answer).reason());
  }

  private static List<Tensor> inputs(
      Graph graph, SmtQuestion question, Map<String, BigDecimal> numbers) {
    List<Tensor> inputs = new ArrayList<>();
    for (List<String> names : question.inputs()) {
      Shape shape = graph.inputs().get(inputs.size()).type().shape();
      float[] values = new float[names.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = numbers.getOrDefault(names.get(i), BigDecimal.ZERO).floatValue();
      }
      inputs.add(Tensor.of(shape, values));
    }
    return inputs;
  }
}
