package dev.axiomml.verify.attack;

import dev.axiomml.core.property.statement.Sample;
import dev.axiomml.core.property.statement.Statement;
import dev.axiomml.core.property.statement.StatementEvaluation;
import dev.axiomml.core.property.statement.Truth;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.goal.InputRegion;
import dev.axiomml.verify.goal.ProofGoal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A claim to be broken.
 *
 * @param run the model's answers to free inputs
 * @param statement what is claimed, of single samples
 * @param goal the same as rows, over the values of the graph of one sample
 * @param zone where
 */
public record AttackTarget(
    Function<List<Tensor>, List<Tensor>> run,
    Statement statement,
    ProofGoal goal,
    InputRegion zone) {
  /**
   * The point as a witness when it lies in the zone, the model runs it, and the statement fails for
   * what the model answered.
   */
  public Optional<AttackWitness> replay(List<Tensor> point) {
    if (!zone.contains(point)) {
      return Optional.empty();
    }
    List<Tensor> outputs = run.apply(point);
    Sample sample = new Sample(point.get(0), outputs.get(0));
    return StatementEvaluation.decide(statement, sample) == Truth.FAILS
        ? Optional.of(new AttackWitness(point, outputs))
        : Optional.empty();
  }
}
