package dev.axiomml.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.core.model.Verdict;
import dev.axiomml.core.run.Backends;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Needs;
import dev.axiomml.verify.CertifiedAccuracy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExamplesTest {
  private static final Path MODELS = Needs.repositoryRoot().resolve("examples/models");

  @Test
  void what_the_classifier_declares_is_proved() {
    assertThat(BuildAndProve.proved().findings())
        .isNotEmpty()
        .allMatch(finding -> finding.verdict() instanceof Verdict.Proved);
    BuildAndProve.main(new String[0]);
  }

  @Test
  void the_guard_lets_digits_through_and_no_nan() {
    assertThat(OpenAndGuard.guarded(MODELS).predict(OpenAndGuard.digit(MODELS, 1)).shape())
        .isEqualTo(Shape.of(1, 10));
    assertThat(OpenAndGuard.refused(MODELS)).contains("no_nan(output) is broken");
  }

  @Test
  void the_digit_is_robust() {
    assertThat(OpenAndGuard.robustness(MODELS)).isInstanceOf(Verdict.Proved.class);
    OpenAndGuard.main(new String[] {MODELS.toString()});
  }

  @Test
  void executions_are_related_and_slopes_bounded() {
    assertThat(RelateAndCertify.fairness().passed()).isTrue();
    assertThat(RelateAndCertify.slopes().claims().get(0).verdict())
        .isInstanceOf(Verdict.ProvedOverReals.class);
  }

  @Test
  void digits_have_a_certified_accuracy() {
    CertifiedAccuracy found = RelateAndCertify.accuracy(MODELS, 3);
    assertThat(found.right()).isEqualTo(3);
    assertThat(found.proved()).isPositive();
    RelateAndCertify.main(new String[] {MODELS.toString()});
  }

  @Test
  void the_zoo_s_features_carry_another_head() {
    Tensor answer =
        RewriteWithZoo.classifier(32, 5).predict(Tensor.random(Shape.of(2, 32, 32, 3), 1, 0, 1));
    assertThat(answer.shape()).isEqualTo(Shape.of(2, 5));
  }

  @Test
  void all_backends_answer_the_same() {
    assertThat(CompileAndCompare.rows(MODELS))
        .anyMatch(row -> row.backend().equals(Backends.REFERENCE.name()))
        .allMatch(row -> row.difference() < 1e-5);
  }

  private static HttpResponse<String> post(ServeOnnx service, String body) throws Exception {
    URI uri = URI.create("http://localhost:" + service.port() + "/digit");
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void the_service_answers_pictures_and_withholds_what_the_guard_refuses() throws Exception {
    String picture = Arrays.toString(OpenAndGuard.digit(MODELS, 1).toFloats());
    String[] numbers = new String[64];
    Arrays.fill(numbers, "3e38");
    try (ServeOnnx service = ServeOnnx.start(MODELS.resolve("digits.onnx"), 0)) {
      assertThat(post(service, picture).body()).contains("\"digit\":" + label(1));
      assertThat(post(service, "[" + String.join(",", numbers) + "]").statusCode()).isEqualTo(500);
      assertThat(post(service, "[1, 2, 3]").statusCode()).isEqualTo(400);
      assertThat(post(service, "no picture").statusCode()).isEqualTo(400);
    }
  }

  private static int label(int number) {
    return (int) Npy.read(MODELS.resolve("digits-test-labels.npy")).doubleAt(number);
  }
}
