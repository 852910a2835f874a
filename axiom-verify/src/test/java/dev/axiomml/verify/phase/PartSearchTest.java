package dev.axiomml.verify.phase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Report;
import dev.axiomml.verify.Verifier;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims about more inputs than a search splits. */
class PartSearchTest {
  private static final Budget TIME = Budget.seconds(60);
  private static final int INPUTS = 24;

  private static Model<Output> net(long seed) {
    return Nets.relus(seed, INPUTS, 16, 12, 3);
  }

  /** The largest difference of two outputs that samples reach. */
  private static double reached(Model<Output> model) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < 4000; k++) {
      Tensor y = model.predict(Tensor.random(Shape.of(1, INPUTS), k, -0.2f, 0.2f));
      most = Math.max(most, y.doubleAt(0) - y.doubleAt(1));
    }
    return most;
  }

  private static Report prove(Model<Output> model, String formula, Budget budget) {
    Theorem<Output> claim = PropertyText.theorem("∀x ∈ [-0.2, 0.2]. " + formula);
    return Verifier.prove(model, List.of(claim), budget);
  }

  /** Limits that sink from what the first bounds show to what an input breaks. */
  @Test
  void claims_that_need_splits_of_hinges_are_proved_and_confirmed() {
    int split = 0;
    for (long seed = 0; seed < 2; seed++) {
      Model<Output> model = net(seed);
      boolean holds = true;
      for (double limit = 6; limit > 0.01 && holds; limit *= 0.86) {
        Report report = prove(model, claim(limit), Budget.seconds(6));
        holds = report.claims().get(0).verdict() instanceof Verdict.Proved;
        assertThat(!holds || report.certificate().check(model).isValid()).isTrue();
        split += holds && line(report).contains(" h") ? 1 : 0;
      }
    }
    assertThat(split).isGreaterThan(1);
  }

  private static String claim(double limit) {
    return "output[0] - output[1] <= " + limit + " and output[2] <= 40";
  }

  private static String line(Report report) {
    return report.claims().get(0).proof().orElseThrow().line().toString();
  }

  @Test
  void what_samples_break_is_refuted() {
    for (long seed = 0; seed < 6; seed++) {
      Model<Output> model = net(seed);
      double limit = reached(model) - 0.01;
      Report report = prove(model, "output[0] - output[1] <= " + limit, TIME);
      assertThat(report.claims().get(0).verdict()).isInstanceOf(Verdict.Refuted.class);
    }
  }

  @Test
  void any_number_of_threads_gives_the_same_tree() {
    Model<Output> model = net(0);
    String one = "";
    double limit = 6;
    while (!one.contains(" h")) {
      limit *= 0.86;
      one = line(prove(model, claim(limit), TIME.threads(1)));
    }
    assertThat(line(prove(model, claim(limit), TIME.threads(3)))).isEqualTo(one);
  }
}
