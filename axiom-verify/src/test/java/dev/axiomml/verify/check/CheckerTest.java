package dev.axiomml.verify.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Model;
import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.op.move.Permute;
import dev.axiomml.core.op.norm.Softmax;
import dev.axiomml.core.op.scalar.Sigmoid;
import dev.axiomml.core.property.Claims;
import dev.axiomml.core.property.Output;
import dev.axiomml.core.property.PropertyText;
import dev.axiomml.core.property.Theorem;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Nets;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.cert.CertificateDocument;
import dev.axiomml.verify.cert.Claim;
import dev.axiomml.verify.cert.Proof;
import dev.axiomml.verify.cert.ProofMethod;
import dev.axiomml.verify.cert.ProofSemantics;
import dev.axiomml.verify.cert.ProofTree;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CheckerTest {
  private static final ProofTree LINEAR = new ProofTree.Leaf(ProofMethod.LINEAR);
  private static final ProofTree STRUCTURE = new ProofTree.Leaf(ProofMethod.STRUCTURE);

  /** |x − y| on [0, 1]², by two neurons. */
  private static Model<Output> distance() {
    return Nets.from(2)
        .dense(Tensor.of(Shape.of(2, 2), 1, -1, -1, 1), Tensor.of(Shape.of(2), 0, 0))
        .relu()
        .dense(Tensor.of(Shape.of(2, 1), 1, 1), Tensor.of(Shape.of(1), 0))
        .model();
  }

  private static boolean accepts(Model<?> model, String claim, ProofTree tree) {
    return Grown.check(model, claim, tree).isValid();
  }

  @Test
  void a_true_claim_with_its_tree_is_confirmed() {
    CheckResult result = Grown.check(distance(), "∀x ∈ [0,1]. output[0] <= 1.0001", LINEAR);
    assertThat(result.outcome()).isEqualTo(CheckResult.Outcome.VALID);
    assertThat(result.established()).singleElement().returns(1L, CheckedClaim::leaves);
    assertThat(accepts(distance(), "∀x ∈ [0,1]. output[0] >= -1e-6", LINEAR)).isTrue();
    ProofTree even = Grown.even(2, 6, ProofMethod.LINEAR);
    assertThat(accepts(distance(), "∀x ∈ [0,1]. output[0] <= 1.00001", even)).isTrue();
  }

  /** The finest unit in which tiny weights fit is one in which 1 does not. */
  @Test
  void a_layer_of_tiny_weights_alone_is_read() {
    for (float weight : new float[] {1e-3f, 1e-10f, 1e-30f, Float.MIN_VALUE}) {
      Model<Output> model =
          Nets.from(2)
              .dense(Tensor.of(Shape.of(2, 1), weight, -weight), Tensor.of(Shape.of(1), weight))
              .model();
      String end = new BigDecimal(weight).multiply(new BigDecimal("2.001")).toPlainString();
      String claim = "∀x ∈ [0,1]. output[0] <= 1e-36 + " + end;
      assertThat(accepts(model, claim, LINEAR)).isTrue();
      assertThat(accepts(model, "∀x ∈ [0,1]. output[0] <= " + weight, LINEAR)).isFalse();
    }
  }

  @Test
  void a_claim_that_only_real_arithmetic_keeps_is_confirmed_over_the_reals_alone() {
    String claim = "∀x ∈ [0,1]. output[0] <= 1.0000000001";
    assertThat(accepts(distance(), claim, LINEAR)).isFalse();
    CertificateDocument reals = Grown.document(distance(), claim, ProofSemantics.REAL, LINEAR);
    assertThat(Checker.check(reals, distance()).isValid()).isTrue();
  }

  @Test
  void cuts_are_needed_where_a_single_bound_is_too_wide() {
    String claim = "∀x ∈ [0,1]. x[0] >= x[1] implies output[0] <= x[0] - x[1] + 0.3";
    assertThat(Grown.check(distance(), claim, LINEAR).toString()).contains("leaf LINEAR");
    assertThat(accepts(distance(), claim, Grown.even(2, 10, ProofMethod.LINEAR))).isTrue();
    assertThat(Grown.check(distance(), claim, Grown.even(2, 1, ProofMethod.LINEAR)).toString())
        .contains("leaf LINEAR at x0[1] ≤ 0.5 is not confirmed");
  }

  @Test
  void a_false_claim_is_never_confirmed_whatever_the_tree() {
    for (long seed = 0; seed < 150; seed++) {
      Model<Output> model = Nets.relus(seed, 3, 5, 4, 2);
      Tensor x = Tensor.random(Shape.of(1, 3), seed, 0, 1);
      double planted = model.predict(x).doubleAt(0);
      Random random = new Random(seed);
      String claim =
          switch ((int) (seed % 4)) {
            case 0 -> "output[0] < " + planted;
            case 1 -> "not output[0] == " + planted;
            case 2 -> "max(output) <= " + (planted - 1e-6);
            default -> "output[0] - 0.5 * x[0] > " + (planted - 0.5 * x.doubleAt(0));
          };
      for (int tree = 0; tree < 6; tree++) {
        ProofTree bogus = Grown.random(random, 3, 7);
        assertThat(accepts(model, "∀x ∈ [0,1]. " + claim, bogus))
            .as("seed %d, %s", seed, claim)
            .isFalse();
      }
    }
  }

  @Test
  void a_changed_certificate_is_refused_or_still_true() {
    Model<Output> model = distance();
    Proof proof =
        new Proof(
            PropertyText.theorem("∀x ∈ [0,1]. output[0] <= 1.00001 and output[0] >= -0.00001"),
            ProofSemantics.FLOAT32,
            Grown.even(2, 3, ProofMethod.LINEAR));
    String text = Grown.document(model, proof).toJson(Optional.empty(), true);
    Random random = new Random(11);
    int confirmed = 0;
    for (int i = 0; i < 3000; i++) {
      char[] changed = text.toCharArray();
      changed[random.nextInt(changed.length)] = (char) (32 + random.nextInt(95));
      confirmed += isStillTrue(new String(changed), model) ? 1 : 0;
    }
    assertThat(confirmed).as("changes that say the same").isBetween(1, 2900);
  }

  /** Reads a changed certificate; where it is confirmed, runs its claims on a grid. */
  private static boolean isStillTrue(String text, Model<Output> model) {
    Certificate certificate;
    try {
      certificate = Certificate.parse(text);
    } catch (dev.axiomml.core.error.CertificateException refused) {
      return false;
    }
    if (!certificate.check(model).isValid()) {
      return false;
    }
    for (Claim claim : certificate.document().claims()) {
      if (claim.verdict() instanceof Verdict.Proved) {
        assertThat(Grid.fault(model, claim.theorem())).as(text).isEmpty();
      }
    }
    return true;
  }

  @Test
  void one_weight_in_its_last_bit_makes_another_model() {
    Model<Output> model = distance();
    CertificateDocument document =
        Grown.document(model, "∀x ∈ [0,1]. output[0] >= 0", ProofSemantics.REAL, LINEAR);
    Model<Output> changed =
        model.withParameters(
            p -> {
              float[] values = p.tensor().toFloats();
              values[0] = Math.nextUp(values[0]);
              return p.with(Tensor.of(p.tensor().shape(), values));
            });
    CheckResult result = Checker.check(document, changed);
    assertThat(result.toString())
        .contains(document.hash())
        .contains(dev.axiomml.verify.cert.ContentHash.of(changed));
    assertThat(result.isValid()).isFalse();
  }

  @Test
  void a_softmax_is_a_distribution_when_its_inputs_are_finite() {
    Model<Output> image = Nets.image(4);
    assertThat(accepts(image, "∀x ∈ [0,1]. valid_probabilities(output)", STRUCTURE)).isTrue();
    assertThat(accepts(image, "∀x. sum(output) ~= 1", STRUCTURE)).isTrue();
    assertThat(accepts(image, "∀x ∈ [0,1]. sum(output) == 1", STRUCTURE)).isFalse();
    assertThat(accepts(image, "∀x ∈ float32. valid_probabilities(output)", STRUCTURE)).isFalse();
    assertThat(accepts(Nets.relus(1, 2, 3), "∀x ∈ [0,1]. valid_probabilities(output)", STRUCTURE))
        .isFalse();
  }

  @Test
  void a_softmax_alone_takes_every_finite_input() {
    Model<Output> softmax = Nets.from(5).then("softmax", new Softmax(-1)).model();
    assertThat(accepts(softmax, "∀x ∈ float32. valid_probabilities(output)", STRUCTURE)).isTrue();
    assertThat(accepts(softmax, "∀x ∈ float32. sum(softmax(x)) ~= 1", STRUCTURE)).isTrue();
    CertificateDocument reals =
        Grown.document(
            softmax, "∀x ∈ float32. sum(softmax(x)) == 1.0", ProofSemantics.REAL, STRUCTURE);
    assertThat(Checker.check(reals, softmax).isValid()).isTrue();
  }

  @Test
  void softmax_of_a_free_vector_is_known_beside_any_model() {
    for (String claim : List.of("valid_probabilities(softmax(x))", "sum(softmax(x)) ~= 1.0")) {
      assertThat(accepts(distance(), "∀x ∈ float32. " + claim, STRUCTURE)).as(claim).isTrue();
    }
    for (String claim : List.of("sum(softmax(x)) == 1.0", "sum(softmax(x)) ~= 0.9999")) {
      assertThat(accepts(distance(), "∀x ∈ float32. " + claim, STRUCTURE)).as(claim).isFalse();
    }
    assertThat(accepts(distance(), "∀x ∈ float32. max(softmax(x)) < 1", STRUCTURE)).isFalse();
    Tensor x = Tensor.of(Shape.of(1, 3), 5, 0, 0);
    Tensor y = distribution(x);
    Verdict verdict = new Verdict.Refuted(List.of(x), List.of(y));
    for (String end : List.of("< 0.5", "< 0.999")) {
      Theorem<?> theorem = PropertyText.theorem("∀x ∈ float32. max(softmax(x)) " + end);
      Claim told = new Claim(theorem, verdict, Optional.empty(), 0, 0);
      CheckResult result =
          Checker.check(CertificateDocument.of(distance(), List.of(told)), distance());
      assertThat(result.isValid()).as(end).isEqualTo(end.equals("< 0.5"));
    }
  }

  private static Tensor distribution(Tensor x) {
    return Nets.from(3).then("softmax", new Softmax(-1)).model().predict(x);
  }

  @Test
  void a_sigmoid_stays_between_zero_and_one() {
    Model<Output> model = Nets.from(2).dense(2, 2, 3).then("sigmoid", new Sigmoid()).model();
    assertThat(accepts(model, "∀x ∈ [-1e6,1e6]. min(output) >= 0 and max(output) <= 1", STRUCTURE))
        .isTrue();
    assertThat(accepts(model, "∀x ∈ [-1,1]. max(output) <= 0.5", LINEAR)).isFalse();
  }

  @Test
  void the_largest_class_is_shown_on_the_logits() {
    Model<Output> image = Nets.image(4);
    Tensor x = Tensor.random(Shape.of(1, 6, 6, 1), 9, 0, 1);
    Theorem<?> near = Claims.robust(x, Claims.linf(0.001)).argmaxStays();
    Theorem<?> round = Claims.robust(x, Claims.l2(0.003)).argmaxStays();
    Theorem<?> far = Claims.robust(x, Claims.linf(1)).argmaxStays();
    assertThat(check(image, near).established()).singleElement().returns(1L, CheckedClaim::leaves);
    assertThat(check(image, round).isValid()).isTrue();
    assertThat(check(image, far).isValid()).isFalse();
  }

  private static CheckResult check(Model<?> model, Theorem<?> theorem) {
    return Checker.check(
        Grown.document(model, new Proof(theorem, ProofSemantics.FLOAT32, LINEAR)), model);
  }

  @Test
  void a_network_in_which_samples_meet_is_refused() {
    Model<Output> mixing = Nets.from(3).then("softmax", new Softmax(0)).model();
    assertThat(Grown.check(mixing, "∀x ∈ [0,1]. max(output) <= 1", LINEAR).toString())
        .contains("softmax (Softmax) may mix the rows of a batch");
    Model<Output> turned = Nets.from(3).then("turn", Permute.of(1, 0)).model();
    assertThat(accepts(turned, "∀x ∈ [0,1]. no_nan(output)", LINEAR)).isFalse();
  }

  @Test
  void a_counterexample_must_break_the_claim_inside_the_region() {
    Tensor one = Tensor.of(Shape.of(1, 2), 1, 0);
    assertThat(refuted("∀x ∈ [0,1]. output[0] <= 0.5", one).isValid()).isTrue();
    assertThat(refuted("∀x ∈ [0,1]. output[0] <= 1", one).toString()).contains("holds there");
    assertThat(refuted("∀x ∈ [0,0.5]. output[0] <= 0.1", one).toString()).contains("outside");
    assertThat(
            refuted("∀x ∈ [0,1]. output[0] <= 0.5", Tensor.of(Shape.of(1, 3), 1, 0, 0)).isValid())
        .isFalse();
    Tensor nan = Tensor.of(Shape.of(1, 2), Float.NaN, 0);
    assertThat(refuted("∀x ∈ [0,1]. output[0] <= 0.5", nan).isValid()).isFalse();
  }

  private static CheckResult refuted(String claim, Tensor x) {
    boolean fits = x.size() == 2;
    Tensor y = fits ? distance().predict(x) : Tensor.of(Shape.of(1, 1), 1);
    Verdict verdict = new Verdict.Refuted(List.of(x), List.of(y));
    Claim told = new Claim(PropertyText.theorem(claim), verdict, Optional.empty(), 0, 0);
    return Checker.check(CertificateDocument.of(distance(), List.of(told)), distance());
  }

  @Test
  void what_has_no_rule_is_not_confirmed() {
    Theorem<Output> lipschitz = Claims.localLipschitz(0.1, 100).forAll(Claims.inputIn(0, 1));
    assertThat(check(distance(), lipschitz).isValid()).isFalse();
    assertThat(accepts(distance(), "∀x ∈ float32. no_nan(output)", LINEAR)).isFalse();
    assertThat(accepts(distance(), "∀x ∈ [0,1]. output[7] <= 1", LINEAR)).isFalse();
  }

  @Test
  void the_checker_shares_nothing_with_the_search() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/axiomml/verify/check"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        List<String> uses = List.of(Files.readString(file).split("dev\\.axiomml\\.", -1));
        assertThat(uses.subList(1, uses.size()))
            .as("%s", file)
            .allMatch(use -> use.matches("(?s)(core\\.|verify\\.cert|verify\\.check).*"));
      }
    }
  }
}
