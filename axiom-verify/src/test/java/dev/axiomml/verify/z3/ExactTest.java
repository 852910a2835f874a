package dev.axiomml.verify.z3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.ir.Graph;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.op.scalar.LeakyRelu;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.property.Formula;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Region;
import dev.axiomml.core.property.statement.Sample;
import dev.axiomml.core.property.statement.StatementEvaluation;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Needs;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.smt.SmtFact;
import dev.axiomml.verify.smt.SmtReal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExactTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Region UNIT = new Region.Range(0, 1);

  @BeforeEach
  void solver() {
    Needs.z3(Z3Solver.unavailable().isEmpty(), Z3Solver.unavailable().orElse(""));
  }

  private static Graph graph(Model<?> model) {
    return model.inference().bind(Map.of("N", 1L)).graph();
  }

  private static SolverDecision decide(Model<?> model, String formula, Region region) {
    return ExactSolver.decide(graph(model), PropertyText.formula(formula), region, LIMIT);
  }

  /** |x − y|. */
  private static Model<Output> distance() {
    return Nets.from(2)
        .dense(Tensor.of(Shape.of(2, 2), 1, -1, -1, 1), Tensor.of(Shape.of(2), 0, 0))
        .relu()
        .dense(Tensor.of(Shape.of(2, 1), 1, 1), Tensor.of(Shape.of(1), 0))
        .model();
  }

  @Test
  void the_end_of_a_range_is_found_exactly() {
    assertThat(decide(distance(), "output[0] <= 1", UNIT)).isEqualTo(new SolverDecision.Holds());
    assertThat(decide(distance(), "output[0] < 1", UNIT)).isInstanceOf(SolverDecision.Fails.class);
    assertThat(decide(distance(), "min(output) >= 0 and norm1(x) >= output[0]", UNIT))
        .isEqualTo(new SolverDecision.Holds());
    assertThat(decide(distance(), "x[0] == x[1] implies output[0] == 0", UNIT))
        .isEqualTo(new SolverDecision.Holds());
    assertThat(decide(distance(), "norminf(x) <= 0.5 or sum(x) >= 0.25", UNIT))
        .isEqualTo(new SolverDecision.Holds());
  }

  @Test
  void a_ball_in_the_sum_norm_has_its_own_corners() {
    Region.Ball ball = new Region.Ball(Region.Norm.L1, Tensor.of(Shape.of(1, 2), 0, 0), 1);
    assertThat(decide(distance(), "output[0] <= 1", ball)).isEqualTo(new SolverDecision.Holds());
    Region.Ball cube = new Region.Ball(Region.Norm.LINF, Tensor.of(Shape.of(1, 2), 0, 0), 1);
    assertThat(decide(distance(), "output[0] <= 1", cube)).isInstanceOf(SolverDecision.Fails.class);
  }

  @Test
  void leaky_slopes_are_exact() {
    Model<Output> model = Nets.from(1).then("leaky", new LeakyRelu(0.25)).model();
    Region region = new Region.Range(-1, 1);
    assertThat(decide(model, "output[0] >= -0.25 and output[0] <= 1", region))
        .isEqualTo(new SolverDecision.Holds());
    assertThat(decide(model, "output[0] > -0.25", region)).isInstanceOf(SolverDecision.Fails.class);
  }

  @Test
  void a_counterexample_breaks_the_claim_when_it_is_run() {
    for (long seed = 0; seed < 20; seed++) {
      Model<Output> model = Nets.relus(seed, 2, 4, 2);
      Formula formula = PropertyText.formula("output[0] <= output[1] + 0.1");
      SolverDecision decision = ExactSolver.decide(graph(model), formula, UNIT, LIMIT);
      if (decision instanceof SolverDecision.Fails fails) {
        Tensor x = fails.inputs().get(0);
        Tensor y = model.predict(x);
        boolean close = y.doubleAt(0) - y.doubleAt(1) > 0.1 - 1e-5;
        assertThat(close || StatementEvaluation.fault(formula, new Sample(x, y)).isPresent())
            .as("seed %d", seed)
            .isTrue();
      } else {
        assertThat(decision).as("seed %d", seed).isEqualTo(new SolverDecision.Holds());
      }
    }
  }

  @Test
  void what_it_says_of_random_networks_agrees_with_a_grid() {
    for (long seed = 100; seed < 140; seed++) {
      Model<Output> model = Nets.relus(seed, 2, 5, 3, 1);
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i <= 400; i++) {
        Tensor x = Tensor.of(Shape.of(1, 2), (i % 21) / 20f, (i / 21) / 19.05f);
        most = Math.max(most, model.predict(x).doubleAt(0));
      }
      assertThat(decide(model, "output[0] <= " + (most - 1e-4), UNIT))
          .as("seed %d", seed)
          .isInstanceOf(SolverDecision.Fails.class);
      SolverDecision above = decide(model, "output[0] <= " + (most + 20), UNIT);
      assertThat(above).as("seed %d", seed).isEqualTo(new SolverDecision.Holds());
    }
  }

  @Test
  void an_image_classifier_is_decided_on_its_scores() {
    Tensor x = Tensor.random(Shape.of(1, 6, 6, 1), 9, 0, 1);
    Tensor y = Nets.image(4).predict(x);
    int best = 0;
    for (int i = 1; i < 3; i++) {
      best = y.doubleAt(i) > y.doubleAt(best) ? i : best;
    }
    Region near = new Region.Ball(Region.Norm.LINF, x, 0.001);
    assertThat(decide(Nets.image(4), "argmax(output) == " + best, near))
        .isEqualTo(new SolverDecision.Holds());
  }

  @Test
  void what_has_no_straight_pieces_is_undecided_with_its_reason() {
    Model<Output> model = Nets.from(2).dense(2, 2, 3).then("squash", new Sigmoid()).model();
    assertThat(decide(model, "output[0] <= 2", UNIT))
        .isEqualTo(new SolverDecision.Undecided("squash (Sigmoid) has no straight pieces"));
    assertThat(decide(distance(), "norm2(output) <= 2", UNIT).toString()).contains("norm2(output)");
    Region.Ball ball = new Region.Ball(Region.Norm.L2, Tensor.of(Shape.of(1, 2), 0, 0), 1);
    assertThat(decide(distance(), "output[0] <= 2", ball).toString()).contains("Euclidean");
  }

  @Test
  void an_interrupted_question_is_undecided_and_the_thread_stays_interrupted() {
    Thread.currentThread().interrupt();
    List<SmtFact> hard = new ArrayList<>();
    SmtReal x = new SmtReal.Unknown("x");
    SmtReal y = new SmtReal.Unknown("y");
    SmtReal z = new SmtReal.Unknown("z");
    SmtReal cube = new SmtReal.Product(x, new SmtReal.Product(x, x));
    SmtReal other = new SmtReal.Product(y, new SmtReal.Product(y, y));
    hard.add(
        new SmtFact.Equal(
            cube.plus(other),
            new SmtReal.Product(z, new SmtReal.Product(z, z)).plus(SmtReal.of(7))));
    hard.add(new SmtFact.Below(new SmtReal.Product(new SmtReal.Product(x, y), z), SmtReal.of(-3)));
    SolverAnswer answer = Z3Solver.decide(hard, Duration.ofSeconds(20));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(answer).isNotNull();
  }
}
