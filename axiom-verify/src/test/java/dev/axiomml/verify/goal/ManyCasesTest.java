package dev.axiomml.verify.goal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.statement.Statement;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.bound.PreparedGraph;
import dev.axiomml.verify.bound.RoundingModel;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Alternatives of pairs, each of which lists many elements. */
class ManyCasesTest {
  private static final Graph NET =
      Nets.relus(3, 2, 4, 400).inference().bind(Map.of("N", 1L)).graph();

  /** One of each pair is asked, in all combinations. */
  private static ProofGoal goal(int pairs) {
    String text =
        IntStream.range(0, pairs)
            .mapToObj(i -> "(max(output) >= " + i + " and max(output) + output[0] >= " + i + ")")
            .collect(Collectors.joining(" or "));
    Statement statement =
        Statement.of(
            PropertyText.formula(text),
            NET.inputs().get(0).type().shape(),
            NET.outputs().get(0).type().shape());
    PreparedGraph forms = PreparedGraph.of(NET, () -> false);
    return StatementGoals.of(statement, new GoalSubjects(forms, RoundingModel.FLOAT32));
  }

  private static long atoms(ProofGoal goal) {
    return goal.clauses().stream().mapToLong(clause -> clause.atoms().size()).sum();
  }

  private static boolean isBeyond(ProofGoal goal) {
    return goal.clauses().stream()
        .allMatch(clause -> clause.atoms().stream().anyMatch(GoalAtom.Beyond.class::isInstance));
  }

  /** Mutation: cases are counted, their parts are not. */
  @Test
  void cases_that_list_too_much_are_beyond_and_few_are_not() {
    assertThat(isBeyond(goal(1))).isFalse();
    assertThat(isBeyond(goal(6))).isTrue();
    assertThat(atoms(goal(6))).isLessThanOrEqualTo(1 << 18);
  }
}
