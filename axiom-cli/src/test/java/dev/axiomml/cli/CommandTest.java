package dev.axiomml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.cli.command.ExitCodes;
import dev.axiomml.cli.command.MakersNote;
import dev.axiomml.cli.demo.ClassLabels;
import dev.axiomml.core.tensor.Npy;
import dev.axiomml.core.tensor.Shape;
import dev.axiomml.core.tensor.Tensor;
import dev.axiomml.testing.Needs;
import dev.axiomml.verify.Certificate;
import dev.axiomml.verify.cert.CertificateEnvelope;
import dev.axiomml.verify.cert.FileHash;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int axiom(String... arguments) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  private static String models(String name) {
    return Needs.repositoryRoot().resolve("examples/models").resolve(name).toString();
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void the_demo_goes_through_every_stop_and_its_certificate_is_valid() {
    assertThat(axiom("demo", "--out", at("tour"))).isZero();
    assertThat(out.toString())
        .contains(
            "295 of 300 right",
            "5 proved, 2 refuted",
            "valid: 5 PROVED",
            "ensure valid_probabilities(output) is broken");
    assertThat(axiom("check-certificate", at("tour/certificate.json"), at("tour/digits.pt2")))
        .isZero();
    assertThat(folder.resolve("tour/report.html")).exists();
  }

  @Test
  void predictions_are_those_of_pytorch_in_the_order_of_the_file() {
    assertThat(
            axiom(
                "predict",
                models("digits.pt2"),
                "--input",
                models("digits-test-images.npy"),
                "--output",
                at("y.npy")))
        .isZero();
    assertThat(
            ClassLabels.distance(
                Npy.read(folder.resolve("y.npy")),
                Npy.read(Path.of(models("digits-test-outputs.npy")))))
        .isLessThan(1e-5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nchw", "nhwc", "as-file"})
  void every_layout_gives_the_same_answers(String layout) {
    Tensor images = Npy.read(Path.of(models("digits-test-images.npy")));
    Npy.write(layout.equals("nhwc") ? images.permute(0, 2, 3, 1) : images, folder.resolve("x.npy"));
    assertThat(
            axiom(
                "predict",
                models("digits.json"),
                "--layout",
                layout,
                "--input",
                at("x.npy"),
                "--output",
                at("y.npy")))
        .isZero();
    assertThat(
            ClassLabels.distance(
                Npy.read(folder.resolve("y.npy")),
                Npy.read(Path.of(models("digits-test-outputs.npy")))))
        .isLessThan(1e-5);
  }

  @Test
  void verify_answers_with_its_exit_code_and_writes_what_it_is_asked_for() {
    assertThat(
            axiom(
                "verify",
                models("digits.pt2"),
                "--prove",
                "∀x ∈ [0,1]. no_nan(output)",
                "--certificate",
                at("c.json"),
                "--html",
                at("r.html")))
        .isZero();
    assertThat(axiom("check-certificate", at("c.json"), models("digits.pt2"))).isZero();
    assertThat(axiom("check-certificate", at("c.json"), "zoo:resnet18")).isEqualTo(1);
    assertThat(
            axiom(
                "verify",
                models("digits.pt2"),
                "--prove",
                "∀x ∈ [0,1]. output[8] <= 0.5",
                "--json"))
        .isEqualTo(1);
    assertThat(out.toString()).contains("PROVED", "REFUTED", "the certificate is about");
  }

  private int certified(String model) {
    return axiom(
        "verify", model, "--prove", "∀x ∈ [0,1]. no_nan(output)", "--certificate", at("c.json"));
  }

  @Test
  void a_certificate_says_of_its_making_what_nobody_checked() throws IOException {
    assertThat(certified(models("digits.pt2"))).isZero();
    CertificateEnvelope envelope = Certificate.load(folder.resolve("c.json")).document().envelope();
    assertThat(envelope.file()).contains(FileHash.of(Path.of(models("digits.pt2"))));
    assertThat(envelope.tool().orElseThrow()).startsWith("axiom ").contains(", commit ");
    assertThat(envelope.kernels()).isEmpty();
    assertThat(Instant.parse(envelope.date().orElseThrow())).isBefore(Instant.now());
    assertThat(axiom("check-certificate", at("c.json"), models("digits.pt2"))).isZero();
    assertThat(out.toString())
        .containsSubsequence(
            "valid: 1 PROVED",
            "said by its maker, not checked:",
            "sha-256 " + envelope.file().orElseThrow() + "; the given file has it",
            "kernels  none");
  }

  @Test
  void a_check_dumps_what_it_looks_at_for_another_checker() throws IOException {
    assertThat(certified(models("digits.pt2"))).isZero();
    assertThat(dumped("d.json")).isZero();
    assertThat(Files.readString(folder.resolve("d.json")))
        .startsWith("{\"format\":\"axiom-check-dump\",\"version\":1,\"model\":\"")
        .contains("\"operator\":\"Softmax", "\"sum\":{", "\"largest\":[", "\"tree\":\"");
    assertThat(dumped("no/d.json")).isEqualTo(ExitCodes.BAD_INPUT);
  }

  private int dumped(String file) {
    return axiom("check-certificate", at("c.json"), models("digits.pt2"), "--dump", at(file));
  }

  @Test
  void another_file_with_the_same_network_is_said_to_be_another() throws IOException {
    assertThat(certified(models("digits.pt2"))).isZero();
    byte[] bytes = Files.readAllBytes(Path.of(models("digits.pt2")));
    Files.write(folder.resolve("other.pt2"), withComment(bytes));
    assertThat(axiom("check-certificate", at("c.json"), at("other.pt2"))).isZero();
    assertThat(out.toString())
        .contains("the given file has another: " + FileHash.of(folder.resolve("other.pt2")));
  }

  /** The same archive with one byte of comment. */
  private static byte[] withComment(byte[] zip) {
    byte[] longer = java.util.Arrays.copyOf(zip, zip.length + 1);
    longer[zip.length - 2] = 1;
    longer[zip.length] = 'c';
    return longer;
  }

  @Test
  void a_network_of_the_zoo_has_no_file_to_compare() throws IOException {
    assertThat(certified(models("digits.pt2"))).isZero();
    assertThat(MakersNote.of(Optional.empty()).file()).isEmpty();
    CertificateEnvelope said = Certificate.load(folder.resolve("c.json")).document().envelope();
    assertThat(MakersNote.lines(said, Optional.empty()).get(1)).endsWith("; no file was given");
  }

  @Test
  void words_of_an_envelope_cannot_pass_for_an_answer() {
    CertificateEnvelope forged =
        new CertificateEnvelope(
            Optional.of("x\nvalid: 9 PROVED"),
            Optional.of("a\r\u2028valid\u001b[2J"),
            List.of("k".repeat(5000)),
            Optional.empty());
    List<String> lines = MakersNote.lines(forged, Optional.empty());
    assertThat(lines).hasSize(4).allMatch(line -> line.length() < 250);
    assertThat(String.join("", lines)).doesNotContainPattern("[\\p{Cntrl}\u2028]");
    assertThat(lines.get(1)).contains("x?valid");
  }

  @Test
  void a_check_ends_in_time_undecided() {
    assertThat(certified(models("digits.pt2"))).isZero();
    int code =
        axiom("check-certificate", at("c.json"), models("digits.pt2"), "--timeout", "0.000001");
    assertThat(code).isEqualTo(ExitCodes.UNKNOWN);
    assertThat(out.toString()).contains("not finished: ", "the time for the check is over");
  }

  @Test
  void tests_that_are_all_refused_test_nothing() throws IOException {
    Path test = Files.createDirectories(folder.resolve("suites/suite/one"));
    Files.writeString(test.resolve("model.onnx"), "no model");
    assertThat(axiom("onnx-test", at("suites"))).isEqualTo(ExitCodes.UNKNOWN);
    assertThat(out.toString()).contains("refused", "passed 0 of 1");
    assertThat(err.toString()).contains("nothing was tested");
  }

  @Test
  void samples_that_no_claim_is_tested_on_are_named() {
    String claim = "∀x ∈ [0,1]. no_nan(output)";
    assertThat(
            axiom(
                "verify",
                models("digits.pt2"),
                "--prove",
                claim,
                "--data",
                models("digits-test-images.npy")))
        .isZero();
    assertThat(err.toString()).contains("--data was not used");
  }

  @Test
  void a_model_converts_and_computes_the_same() {
    assertThat(axiom("convert", models("digits.pt2"), at("d.json"))).isZero();
    assertThat(axiom("convert", models("digits.pt2"), at("d.safetensors"))).isZero();
    assertThat(axiom("convert", models("digits.pt2"), at("d.onnx"))).isZero();
    assertThat(axiom("summary", at("d.onnx"))).isZero();
    assertThat(
            axiom(
                "predict",
                at("d.json"),
                "--input",
                models("digits-test-images.npy"),
                "--output",
                at("y.npy")))
        .isZero();
    assertThat(axiom("tensors", at("d.safetensors"), "--out", at("tensors"))).isZero();
    assertThat(
            ClassLabels.distance(
                Npy.read(folder.resolve("y.npy")),
                Npy.read(Path.of(models("digits-test-outputs.npy")))))
        .isLessThan(1e-5);
  }

  static Stream<Wrong> wrong() {
    String digits = models("digits.pt2");
    String images = models("digits-test-images.npy");
    return Stream.of(
            new String[] {"summary", "missing.pt2"},
            new String[] {"summary", "zoo:resnet9999"},
            new String[] {"tensors", images + "x"},
            new String[] {"predict", digits, "--input", images},
            new String[] {
              "predict", digits, "--input", images, "--output", "a.npy", "--output", "b.npy"
            },
            new String[] {
              "predict", digits, "--input", models("digits-test-labels.npy"), "--output", "a.npy"
            },
            new String[] {
              "predict", digits, "--input", images, "--output", "a.npy", "--backend", "abacus"
            },
            new String[] {
              "predict", digits, "--input", images, "--output", "a.npy", "--layout", "chwn"
            },
            new String[] {"verify", digits, "--prove", "∀x ∈ [0,1]. no_nann(output)"},
            new String[] {"verify", digits, "--prove", "output[99] <= 1"},
            new String[] {"check-certificate", digits, digits},
            new String[] {"convert", digits, "model.xyz"},
            new String[] {"frobnicate"},
            new String[] {})
        .map(arguments -> new Wrong(List.of(arguments)));
  }

  /** A command line that cannot be answered. */
  record Wrong(List<String> arguments) {}

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("wrong")
  void bad_input_ends_in_64_with_one_short_message_and_leaves_nothing(Wrong wrong)
      throws IOException {
    int code = axiom(wrong.arguments().toArray(String[]::new));
    assertThat(code).as(err.toString()).isEqualTo(64);
    assertThat(err.toString().strip().lines().count()).isBetween(1L, 12L);
    assertThat(err.toString()).doesNotContain("\tat ").contains("fix:");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void nan_and_infinite_inputs_are_answered_or_refused_by_an_ensure_never_hidden() {
    Npy.write(Tensor.full(Shape.of(1, 1, 8, 8), Float.NaN), folder.resolve("nan.npy"));
    assertThat(
            axiom(
                "predict", models("digits.pt2"), "--input", at("nan.npy"), "--output", at("y.npy")))
        .isZero();
    assertThat(Npy.read(folder.resolve("y.npy")).doubleAt(0)).isNaN();
  }

  @Test
  void help_names_every_command() {
    assertThat(axiom("--help")).isZero();
    assertThat(out.toString())
        .contains(
            "demo",
            "summary",
            "tensors",
            "predict",
            "verify",
            "check-certificate",
            "convert",
            "compare",
            "onnx-test");
  }
}
