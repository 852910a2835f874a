package dev.axiomml.verify.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.error.Diagnosis;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.cert.CertificateDocument;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.cert.ProofTree;
import dev.axiomml.verify.check.CheckResult.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Certificates that say more than they prove. */
class ForgedCertificateTest {
  private static final ProofTree LINEAR = new ProofTree.Leaf(ProofMethod.LINEAR);
  private static final Model<Output> DISTANCE =
      Nets.from(2)
          .dense(Tensor.of(Shape.of(2, 2), 1, -1, -1, 1), Tensor.of(Shape.of(2), 0, 0))
          .relu()
          .dense(Tensor.of(Shape.of(2, 1), 1, 1), Tensor.of(Shape.of(1), 0))
          .model();

  private static String reals(String claim) {
    return Grown.document(DISTANCE, claim, ProofSemantics.REAL, LINEAR)
        .toJson(Optional.empty(), true);
  }

  private static CheckResult check(Claim... claims) {
    return Checker.check(CertificateDocument.of(DISTANCE, List.of(claims)), DISTANCE);
  }

  private static void assertFourParts(Diagnosis diagnosis) {
    assertThat(diagnosis.what()).isNotEmpty();
    assertThat(diagnosis.where()).isNotEmpty();
    assertThat(diagnosis.why()).isNotEmpty();
    assertThat(diagnosis.fix()).isNotEmpty();
  }

  /** Mutation: a claim that takes the proof's semantics for its own. */
  @Test
  void a_proof_over_the_reals_is_never_one_about_the_program() {
    String claim = "∀x ∈ [0,1]. output[0] <= 1.0000000001";
    String told = reals(claim);
    String verdict = told.replace("\"proved over the reals\"", "\"proved\"");
    assertThat(verdict).isNotEqualTo(told);
    assertThatThrownBy(() -> Certificate.parse(verdict))
        .isInstanceOfSatisfying(CertificateException.class, e -> assertFourParts(e.diagnosis()))
        .hasMessageContaining("semantics");
    String program = verdict.replace("\"real\"", "\"float32\"");
    assertThat(Certificate.parse(program).check(DISTANCE).outcome()).isEqualTo(Outcome.NOT_VALID);
    CheckResult result = Certificate.parse(told).check(DISTANCE);
    assertThat(result.toString())
        .startsWith("valid: 1 PROVED over the reals")
        .contains("real arithmetic");
    assertThat(result.established())
        .singleElement()
        .returns(CheckedClaim.Standing.PROVED_OVER_REALS, CheckedClaim::standing);
  }

  @Test
  void semantics_edited_to_real_are_refused() {
    String claim = "∀x ∈ [0,1]. output[0] <= 1.0000000001";
    String program =
        Grown.document(DISTANCE, claim, ProofSemantics.FLOAT32, LINEAR)
            .toJson(Optional.empty(), true);
    String edited = program.replace("\"semantics\" : \"float32\"", "\"semantics\" : \"real\"");
    assertThat(edited).isNotEqualTo(program);
    assertThatThrownBy(() -> Certificate.parse(edited)).isInstanceOf(CertificateException.class);
  }

  /** 0.1 is no float32 number, so [0.1, 0.1] holds none. */
  @Test
  void nothing_is_proved_of_an_empty_region() {
    CheckResult result = Grown.check(DISTANCE, "∀x ∈ [0.1,0.1]. output[0] <= -5", LINEAR);
    assertThat(result.outcome()).isEqualTo(Outcome.NOT_VALID);
    assertThat(result.toString()).startsWith("not valid: claim 1").contains("no float32 input");
    assertFourParts(result.fault().orElseThrow());
    assertThat(result.isValid()).isFalse();
    assertThat(Grown.check(DISTANCE, "∀x ∈ [0.5,0.5]. output[0] <= 1", LINEAR).isValid()).isTrue();
  }

  @Test
  void a_certificate_that_proves_nothing_is_not_valid() {
    CheckResult none = check();
    assertThat(none.outcome()).isEqualTo(Outcome.EMPTY);
    assertThat(none.isValid()).isFalse();
    assertThat(none.toString()).startsWith("nothing established");
    Claim tested =
        new Claim(
            PropertyText.theorem("∀x ∈ [0,1]. output[0] <= -5"),
            new Verdict.Tested(1_000_000),
            Optional.empty(),
            0,
            0);
    CheckResult open = check(tested);
    assertThat(open.outcome()).isEqualTo(Outcome.OPEN);
    assertThat(open.isValid()).isFalse();
    assertThat(open.established()).isEmpty();
    assertThat(open.toString()).startsWith("open: 1 TESTED");
  }

  /** Bit for bit: bounds of all executions at a point may be wide, and hold what nobody answers. */
  @Test
  void replayed_outputs_are_the_models() {
    Tensor x = Tensor.of(Shape.of(1, 2), 1, 0);
    assertThat(replayed(x, DISTANCE.predict(x)).outcome()).isEqualTo(Outcome.REFUTED);
    assertThat(replayed(x, DISTANCE.predict(x)).toString()).startsWith("refuted: 1 REFUTED");
    for (float other : new float[] {2, Math.nextUp(1f), Float.NaN}) {
      assertThat(replayed(x, Tensor.of(Shape.of(1, 1), other)).toString())
          .startsWith("not valid")
          .contains("the model answers");
    }
    assertThat(replayed(x, Tensor.of(Shape.of(1, 2), 1, 1)).isValid()).isFalse();
  }

  private static CheckResult replayed(Tensor x, Tensor y) {
    Verdict verdict = new Verdict.Refuted(List.of(x), List.of(y));
    return check(
        new Claim(
            PropertyText.theorem("∀x ∈ [0,1]. output[0] <= 0.5"), verdict, Optional.empty(), 0, 0));
  }

  /** Ends are those that the program can take: the largest float32 below 0.6 is 0.59999996. */
  @Test
  void the_answer_lists_what_is_established() {
    CheckResult result = Grown.check(DISTANCE, "∀x ∈ [0.25,0.6]. output[0] <= 0.5", LINEAR);
    assertThat(result.established()).hasSize(1);
    assertThat(result.toString())
        .startsWith("valid: 1 PROVED")
        .contains("∀x ∈ [0.25, 0.6]. output[0] <= 0.5")
        .contains("x 1×2, every element in [0.25, 0.59999996]")
        .contains("float32 execution")
        .contains("1 boxes");
  }

  @Test
  void words_beside_a_claim_are_not_read() {
    String claim = "∀x ∈ [0,1]. output[0] <= 1.0001";
    CertificateDocument document = Grown.document(DISTANCE, claim, ProofSemantics.FLOAT32, LINEAR);
    String told = document.toJson(Optional.empty(), true);
    String edited = told.replace("output[0] <= 1.0001\"", "output[0] <= 0.0001\"");
    assertThat(edited).isNotEqualTo(told);
    CheckResult result = Certificate.parse(edited).check(DISTANCE);
    assertThat(result.toString()).contains("output[0] <= 1.0001").doesNotContain("0.0001\"");
  }

  @Test
  void every_limit_ends_a_check_and_says_so() {
    CertificateDocument document =
        Grown.document(
            DISTANCE,
            "∀x ∈ [0,1]. output[0] <= 1.00001",
            ProofSemantics.FLOAT32,
            Grown.even(2, 10, ProofMethod.LINEAR));
    assertThat(Checker.check(document, DISTANCE).established())
        .singleElement()
        .returns(1024L, CheckedClaim::leaves);
    CheckLimits[] limits = {
      new CheckLimits(1023, Long.MAX_VALUE, () -> false),
      new CheckLimits(Long.MAX_VALUE, 5000, () -> false),
      CheckLimits.DEFAULT.until(() -> true)
    };
    for (CheckLimits limit : limits) {
      CheckResult result = Checker.check(document, DISTANCE, limit);
      assertThat(result.outcome()).isEqualTo(Outcome.UNFINISHED);
      assertThat(result.isValid()).isFalse();
      assertThat(result.toString()).startsWith("not finished: claim 1");
      assertFourParts(result.fault().orElseThrow());
    }
  }

  /** Both sides of every cut but one are empty; what is empty costs nothing. */
  @Test
  void a_deep_proof_is_followed_without_a_stack() {
    ProofTree tree = LINEAR;
    for (int i = 0; i < 60_000; i++) {
      tree = new ProofTree.Split(0, i % 2, 2f, tree, LINEAR);
    }
    CheckResult result = Grown.check(DISTANCE, "∀x ∈ [0,1]. output[0] <= 1.0001", tree);
    assertThat(result.established()).singleElement().returns(1L, CheckedClaim::leaves);
  }
}
