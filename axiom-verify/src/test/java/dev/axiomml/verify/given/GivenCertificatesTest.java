package dev.axiomml.verify.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiomml.core.error.CertificateException;
import dev.axiomml.core.model.Model;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.DType;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.verify.Budget;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.Report;
import dev.axiomml.verify.Verifier;
import dev.axiomml.verify.check.CheckResult;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Certificates whose given values, or their names, were changed. */
class GivenCertificatesTest {
  private static final Model<Output> MODEL = GivenNets.gated();
  private static final Tensor MEMORY = Tensor.of(Shape.of(1, 2), 1, 2);
  private static final String PROVED = told("∀x ∈ [0, 1] with sr = 16000. output[1] <= 3.01");
  private static final String REFUTED = told("∀x ∈ [0, 1] with sr = 16000. output[1] <= 2.5");

  private static String told(String text) {
    Theorem<Output> theorem = PropertyText.theorem(text);
    Report report =
        Verifier.prove(MODEL, List.of(theorem.given("memory", MEMORY)), Budget.seconds(20));
    return report.certificate().toJson();
  }

  private static String bytes(Tensor tensor) {
    byte[] bytes = new byte[tensor.asBytes().remaining()];
    tensor.asBytes().get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String changed(String certificate, String from, String to) {
    int at = certificate.indexOf(from);
    assertThat(at).as(from + " in " + certificate).isPositive();
    return certificate.substring(0, at) + to + certificate.substring(at + from.length());
  }

  private static CheckResult check(String certificate) {
    return Certificate.parse(certificate).check(MODEL);
  }

  private static void assertInvalid(String certificate, String why) {
    CheckResult result = check(certificate);
    assertThat(result.isValid()).as("%s", result).isFalse();
    assertThat(result.toString()).contains(why);
  }

  @Test
  void what_is_proved_and_refuted_is_established_without_any_file() {
    assertThat(check(PROVED).established()).hasSize(1);
    assertThat(check(REFUTED).refuted()).hasSize(1);
  }

  /** Mutation: given values out of the proof's region, which nobody reads. */
  @Test
  void another_given_value_is_another_claim_which_the_proof_does_not_show() {
    String old = bytes(MEMORY);
    assertInvalid(
        changed(PROVED, old, bytes(Tensor.of(Shape.of(1, 2), 1, 2.1f))), "is not confirmed");
    assertThat(check(changed(PROVED, old, bytes(Tensor.of(Shape.of(1, 2), 1, 1.9f)))).toString())
        .as("smaller by so much it is true as well, and said of that value")
        .contains("memory = float32 1×2 of sha-256");
  }

  /** Mutation: inputs of a counterexample that are given are not looked at. */
  @Test
  void a_counterexample_is_run_on_what_is_given() {
    String other = bytes(Tensor.of(Shape.of(1, 2), 1, 1));
    assertInvalid(changed(REFUTED, bytes(MEMORY), other), "input memory is not what is given");
    String rate = bytes(Tensor.ofLongs(Shape.SCALAR, 8000));
    assertInvalid(
        changed(REFUTED, bytes(Tensor.ofLongs(Shape.SCALAR, 16000)), rate),
        "input sr is not what is given");
  }

  @Test
  void names_and_types_are_those_of_the_model() {
    assertInvalid(changed(PROVED, "\"sr\"", "\"rate\""), "the inputs are [memory, sr, x]");
    assertInvalid(changed(PROVED, DType.INT64.toString(), "uint64"), "input sr is int64 scalar");
  }

  @Test
  void an_input_of_whole_numbers_is_not_left_free() {
    String given = "{ \"name\" : \"sr\",";
    int from = PROVED.replaceAll("\\s+", " ").indexOf(given);
    assertThat(from).as(PROVED).isPositive();
    String flat = PROVED.replaceAll("\\s+", " ");
    String without =
        flat.substring(0, flat.lastIndexOf(',', from))
            + flat.substring(flat.indexOf("} }", from) + 3);
    assertInvalid(without, "input sr is int64 scalar");
  }

  @Test
  void an_input_is_named_once_and_names_are_not_nested() {
    assertThatThrownBy(() -> check(changed(PROVED, "\"sr\"", "\"memory\"")))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("named twice");
    assertThatThrownBy(
            () ->
                check(
                    PROVED.replaceFirst(
                        "(\"others\"\\s*:\\s*\\{\\s*\"kind\"\\s*:\\s*)\"range\"", "$1\"named\"")))
        .isInstanceOf(CertificateException.class);
  }
}
