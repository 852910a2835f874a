package dev.axiomml.verify.given;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.ir.Value;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.pass.KnownInputs;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Needs;
import dev.axiomml.verify.z3.ExactSolver;
import dev.axiomml.verify.z3.SolverDecision;
import dev.axiomml.verify.z3.Z3Solver;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The solver's reading of regions by name, and of inputs that are given. */
class GivenSolverTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @BeforeEach
  void solver() {
    Needs.z3(Z3Solver.unavailable().isEmpty(), Z3Solver.unavailable().orElse(""));
  }

  private static Graph one(Model<Output> model) {
    return model.inference().bind(Map.of("N", 1L)).graph();
  }

  private static SolverDecision decide(Graph graph, Region region, String formula) {
    return ExactSolver.decide(graph, PropertyText.formula(formula), region, LIMIT);
  }

  @Test
  void each_input_has_an_interval_of_its_own() {
    Graph graph = one(GivenNets.summed());
    Region region = new Region.Range(0, 1).within("memory", 2, 3);
    assertThat(decide(graph, region, "output[0] <= 4")).isInstanceOf(SolverDecision.Holds.class);
    assertThat(decide(graph, region, "output[0] <= 3.5")).isInstanceOf(SolverDecision.Fails.class);
    assertThat(decide(graph, region, "output[0] >= 2")).isInstanceOf(SolverDecision.Holds.class);
  }

  @Test
  void what_is_given_is_a_number_of_the_question() {
    Graph whole = one(GivenNets.summed());
    Value memory = whole.inputs().get(1);
    Tensor three = Tensor.full(Shape.of(1, 2), 3);
    Graph graph = KnownInputs.apply(whole, Map.of(memory, three)).graph();
    Region region = new Region.Range(0, 1).given("memory", three);
    assertThat(decide(graph, region, "output[0] <= 4")).isInstanceOf(SolverDecision.Holds.class);
    assertThat(decide(graph, region, "output[0] < 4")).isInstanceOf(SolverDecision.Fails.class);
  }
}
