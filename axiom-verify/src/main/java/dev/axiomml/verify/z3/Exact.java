package dev.axiomml.verify.z3;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.smt.Question;
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
public final class Exact {
  private Exact() {}

  /**
   * Whether a formula holds for all inputs of a region.
   *
   * @param graph all sizes fixed, the batch one
   * @param formula of one sample: {@code ArgmaxStays} is resolved to a class before
   * @param region resolved, never {@code Declared}
   * @param limit for the solver
   */
  public static Decision decide(Graph graph, Formula formula, Region region, Duration limit) {
    Optional<String> missing = Z3.unavailable();
    if (missing.isPresent()) {
      return new Decision.Undecided(missing.get());
    }
    Question question = Question.of(graph, formula, region);
    if (question.gap().isPresent()) {
      return new Decision.Undecided(question.gap().get());
    }
    Answer answer = Z3.decide(question.facts(), limit);
    if (answer instanceof Answer.Unsatisfiable) {
      return new Decision.Holds();
    }
    return answer instanceof Answer.Satisfiable found
        ? new Decision.Fails(inputs(graph, question, found.numbers()))
        : new Decision.Undecided(((Answer.Undecided) answer).reason());
  }

  private static List<Tensor> inputs(
      Graph graph, Question question, Map<String, BigDecimal> numbers) {
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
