package dev.axiomml.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.cert.ProofTree;
import dev.axiomml.verify.check.Checker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody's word is enough. */
class ConfirmedTest {
  private static final Model<Output> MODEL = Nets.relus(3, 2, 4, 2);

  private static final Model<Output> DEEP = Nets.relus(5, 2, 8, 8, 2);

  private static Claim claim(String text, ConfirmedVerdict.Finding finding, double seconds) {
    BudgetClock clock = Budget.seconds(seconds).start();
    return ConfirmedVerdict.by(Checker.of(MODEL), clock).claim(PropertyText.theorem(text), finding);
  }

  private static ConfirmedVerdict.Finding shown(String text) {
    Theorem<Output> theorem = PropertyText.theorem(text);
    ProofTree leaf = new ProofTree.Leaf(ProofMethod.LINEAR);
    Proof proof = new Proof(theorem, ProofSemantics.FLOAT32, leaf);
    return new ConfirmedVerdict.Shown("by magic", proof, Optional.empty());
  }

  private static String reason(Claim claim) {
    return ((Verdict.Unknown) claim.verdict()).reason();
  }

  @Test
  void a_finding_that_the_checker_refuses_is_unknown_and_asks_for_a_report() {
    String no = "∀x ∈ [0,1]. max(output) <= -100";
    assertThat(reason(claim(no, shown(no), 60))).contains("not confirm").contains("as a bug");
    Tensor x = Tensor.of(Shape.of(1, 2), 0.5f, 0.5f);
    Verdict.Refuted refuted = new Verdict.Refuted(List.of(x), List.of(MODEL.predict(x)));
    String yes = "∀x ∈ [0,1]. max(output) <= 100";
    assertThat(reason(claim(yes, new ConfirmedVerdict.Broken(refuted, Optional.empty()), 60)))
        .contains("counterexample")
        .contains("as a bug");
    assertThat(claim(yes, shown(yes), 60).verdict()).isEqualTo(new Verdict.Proved("by magic"));
  }

  /** A claim that holds, on a box on which no bounds show it. */
  @Test
  void a_proof_that_the_checkers_bounds_are_too_wide_for_is_no_bug() {
    String wide = "∀x ∈ [-1,1]. output[0] - output[0] + 0.5 * x[0] * x[0] >= 0 - 0.1";
    assertThat(reason(claim(wide, shown(wide), 60)))
        .startsWith("a proof was found, but the independent checker could not confirm it")
        .contains("leaf LINEAR is not confirmed")
        .contains("a smaller region")
        .doesNotContain("bug");
  }

  /** The checker says which leaves it does not confirm, and the search cuts those further. */
  @Test
  void leaves_that_are_not_confirmed_are_searched_again() {
    BudgetClock clock = Budget.seconds(60).start();
    String text = "∀x ∈ [-1,1]. output[0] <= " + (largest() + 0.01);
    PreparedModel.Readiness ready = PreparedModel.of(DEEP, Map.of(), clock);
    TheoremSearch search =
        new TheoremSearch(
            ((PreparedModel.Readiness.Ready) ready).prepared(), Budget.seconds(60), clock);
    var found = (ConfirmedVerdict.Shown) search.answer(PropertyText.theorem(text));
    List<Long> asked = new ArrayList<>();
    ConfirmedVerdict.Shown coarse =
        new ConfirmedVerdict.Shown(
            "by too few boxes",
            ((ConfirmedVerdict.Shown) shown(text)).proof(),
            Optional.of(
                leaves -> {
                  asked.addAll(leaves);
                  return found.again().orElseThrow().apply(List.of(1L));
                }));
    Claim claim =
        ConfirmedVerdict.by(Checker.of(DEEP), clock).claim(PropertyText.theorem(text), coarse);
    assertThat(claim.verdict()).isInstanceOf(Verdict.Proved.class);
    assertThat(asked).containsExactly(1L);
    assertThat(claim.proof().orElseThrow().line().leaves())
        .isGreaterThan(found.proof().line().leaves());
  }

  private static double largest() {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k <= 40 * 41 + 40; k++) {
      Tensor x = Tensor.of(Shape.of(1, 2), k / 41 / 20f - 1, k % 41 / 20f - 1);
      most = Math.max(most, DEEP.predict(x).doubleAt(0));
    }
    return most;
  }

  @Test
  void a_search_that_ended_and_a_check_that_did_not_are_unknown() {
    String yes = "∀x ∈ [0,1]. max(output) <= 100";
    assertThat(reason(claim(yes, shown(yes), 0)))
        .contains("the search ended with a proof")
        .contains("its check did not end");
  }

  /** A solver's, a bound's or a theorem's word becomes a verdict in one place alone. */
  @Test
  void proved_is_said_in_one_place() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        boolean says = Files.readString(file).contains("new Verdict.Proved(");
        boolean may = file.endsWith("ConfirmedVerdict.java") || file.endsWith("VerdictJson.java");
        assertThat(says).as("%s", file).isEqualTo(may);
      }
    }
  }
}
