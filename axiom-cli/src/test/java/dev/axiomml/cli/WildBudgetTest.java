package dev.axiomml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Layout;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.interop.onnx.Onnx;
import dev.axiomml.testing.Needs;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Report;
import dev.axiomml.verify.Verifier;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A budget of three seconds on three convolutions of five by five, which took 54. */
class WildBudgetTest {
  @Test
  void three_large_convolutions_keep_three_seconds() {
    Model<?> model = Onnx.load(Needs.shared("corpus/wild/proof-budget/model.onnx"), Layout.AS_FILE);
    long start = System.nanoTime();
    Report report = prove(model);
    double took = (System.nanoTime() - start) * 1e-9;
    assertThat(took).as("%s", report).isLessThan(4.6);
    assertThat(report.claims().get(0).seconds()).isBetween(took * 0.9, took);
  }

  private static <O extends Output> Report prove(Model<O> model) {
    Theorem<O> theorem = PropertyText.theorem("∀x ∈ [0,1]. no_nan(output)");
    return Verifier.prove(model, List.of(theorem), Budget.seconds(3));
  }
}
